package net.reroute.redirect.route;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.reroute.core.Address;
import net.reroute.core.Facts.HopsOwned;
import net.reroute.core.Facts.LinesKept;
import net.reroute.core.Facts.RouteSeen;
import net.reroute.core.Facts.RouterService;
import net.reroute.core.Facts.Shown;
import net.reroute.core.Inventory;
import net.reroute.core.Record;
import net.reroute.core.RecordedState;
import net.reroute.core.Service;

/**
 * What reroute remembers about routes: the servers behind next hops, next hops that reroute set, and lines that it
 * removed.
 *
 * @param inventory in force
 * @param state that is remembered
 * @param records receives new facts; a known fact may be sent again
 */
public record RouteBook(Supplier<Inventory> inventory, Supplier<RecordedState> state, Consumer<Record> records) {

    /** The servers behind these next hops; empty if one of them belongs to none of the service's servers. */
    List<String> servers(Service service, List<Address> hops) {
        Service now = inventory.get().services().getOrDefault(service.name(), service);
        return inventory.get().serversBehind(now, hops).orElse(List.of());
    }

    List<Address> hops(List<String> servers) {
        return inventory.get().nextHops(servers);
    }

    /** Configuration lines that reroute removed from a router, by next hop. */
    Map<Address, String> kept(String router, Service service) {
        return state.get().kept().getOrDefault(new RouterService(router, service.name()), Map.of());
    }

    void keep(String router, Service service, Map<Address, String> lines) {
        records.accept(new LinesKept(new RouterService(router, service.name()), lines));
    }

    /** True if reroute set all of these next hops before, or an earlier inventory had them. */
    boolean owns(Service service, List<Address> hops) {
        return state.get().owned().getOrDefault(service.name(), Set.of()).containsAll(hops);
    }

    /** Remembers that these next hops are ours, on every router. */
    public void own(String service, List<Address> hops) {
        records.accept(new HopsOwned(service, hops));
    }

    /**
     * Looks up the servers behind known next hops again. Call it when a new inventory is in force, or the journal came
     * from another edition.
     */
    public void lookAnew() {
        state.get().seen().forEach((at, was) -> {
            Optional<List<Address>> hops = addresses(was.shown());
            Service service = inventory.get().services().get(at.service());
            if (hops.isPresent() && service != null && !service.isList()
                    && !servers(service, hops.get()).equals(was.servers())) {
                records.accept(new RouteSeen(at, new Shown(servers(service, hops.get()), was.shown())));
            }
        });
    }

    /** Empty if there are no words, or one is not an address. */
    private static Optional<List<Address>> addresses(List<String> words) {
        try {
            return words.isEmpty() ? Optional.empty() : Optional.of(words.stream().map(Address::parse).toList());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Remembers that all next hops of an inventory are ours, even after they leave it. */
    public void own(Inventory of) {
        of.services().values().stream().filter(s -> !s.isList()).forEach(s -> own(s.name(), of.nextHops(s.servers())));
    }
}
