package net.reroute.redirect.route;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.reroute.core.Address;
import net.reroute.core.Facts.At;
import net.reroute.core.Facts.HopsOwned;
import net.reroute.core.Facts.LinesKept;
import net.reroute.core.Facts.RouteSeen;
import net.reroute.core.Facts.Shown;
import net.reroute.core.Inventory;
import net.reroute.core.Record;
import net.reroute.core.Service;
import net.reroute.core.State;

/**
 * What is known of routes beside routers.
 *
 * @param inventory the one in force
 * @param state what is remembered
 * @param records takes what is to be remembered, and passes over what is remembered already
 */
public record RouteBook(Supplier<Inventory> inventory, Supplier<State> state, Consumer<Record> records) {

    /** The servers whose next hops these are, and nobody else's; empty if one is none of theirs. */
    List<String> servers(Service service, List<Address> hops) {
        Service now = inventory.get().services().getOrDefault(service.name(), service);
        return inventory.get().serversBehind(now, hops).orElse(List.of());
    }

    List<Address> hops(List<String> servers) {
        return inventory.get().nextHops(servers);
    }

    /** Lines that stood there once for a next hop, taken away by reroute. */
    Map<Address, String> kept(String router, Service service) {
        return state.get().kept().getOrDefault(new At(router, service.name()), Map.of());
    }

    void keep(String router, Service service, Map<Address, String> lines) {
        records.accept(new LinesKept(new At(router, service.name()), lines));
    }

    /** Whether all of these are next hops that reroute once set, or that an earlier inventory had. */
    boolean owns(Service service, List<Address> hops) {
        return state.get().owned().getOrDefault(service.name(), Set.of()).containsAll(hops);
    }

    /** From now on these are ours wherever they are found. */
    public void own(String service, List<Address> hops) {
        records.accept(new HopsOwned(service, hops));
    }

    /** Next hops may be those of other servers than before: another inventory is in force, or the journal is of another edition. */
    public void lookAnew() {
        state.get().seen().forEach((at, was) -> {
            Optional<List<Address>> hops = addresses(was.shown());
            Service service = inventory.get().services().get(at.service());
            if (hops.isPresent() && service != null && !servers(service, hops.get()).equals(was.servers())) {
                records.accept(new RouteSeen(at, new Shown(servers(service, hops.get()), was.shown())));
            }
        });
    }

    /** Empty where these are no addresses. */
    private static Optional<List<Address>> addresses(List<String> words) {
        try {
            return words.isEmpty() ? Optional.empty() : Optional.of(words.stream().map(Address::parse).toList());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** All next hops of an inventory are ours, also when they are in it no more. */
    public void own(Inventory of) {
        of.services().values().forEach(s -> own(s.name(), of.nextHops(s.servers())));
    }
}
