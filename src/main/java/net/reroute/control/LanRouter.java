package net.reroute.control;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.Change;
import net.reroute.core.Prefix;
import net.reroute.core.Route;
import net.reroute.core.Service;
import net.reroute.router.Router;
import net.reroute.router.RouterException;
import net.reroute.takeover.Lan;
import net.reroute.takeover.Taking;

/**
 * The LAN, handled like a router: an address that lives at a server is a route to it. So services that move by ARP are
 * looked at, compared, adopted and verified by the very same cycle.
 */
final class LanRouter implements Router {

    private final LanDesk desk;
    private final Lan lan;

    LanRouter(LanDesk desk) {
        this.desk = desk;
        this.lan = desk.segment().lan();
    }

    /** Servers that are DOWN are not asked: their answer may not come, and traffic waits. */
    @Override
    public Map<Prefix, Route> routes(Collection<Prefix> prefixes) throws RouterException {
        List<Service> services = prefixes.stream().flatMap(p -> desk.service(p).stream()).toList();
        Set<String> asked = new LinkedHashSet<>();
        services.forEach(
                service -> service.servers().stream().filter(s -> !desk.isDown(s, service)).forEach(asked::add));
        Lan.Sight sight = lan.look(asked);
        if (sight.byServer().isEmpty() && !asked.isEmpty()) {
            throw new RouterException(false, "no server can be asked: " + String.join("; ", sight.silent().values()),
                    null);
        }
        Map<Prefix, Route> routes = new LinkedHashMap<>();
        services.forEach(service -> at(service, sight).ifPresent(hops -> routes.put(service.prefix(),
                new Route(service.prefix(), hops, "", Optional.empty()))));
        return routes;
    }

    /**
     * Where it was decided to be, unless that server answers that it has it not: what others say of a server that cannot be
     * asked counts for nothing. At most one, since who else has it is the keeper's business.
     */
    private Optional<List<Address>> at(Service service, Lan.Sight sight) {
        List<String> holders = sight.holders(service.address(), service.servers());
        List<String> placed = desk.placed(service);
        boolean trusted = placed.stream().anyMatch(s -> holders.contains(s) || !sight.saw(s));
        String other = holders.contains(service.home()) ? service.home() : holders.isEmpty() ? "" : holders.getFirst();
        // At first contact it can only be at one that could not be asked, if nobody else has it.
        String unseen = placed.isEmpty() && other.isEmpty()
                ? service.servers().stream().filter(s -> !sight.saw(s)).findFirst().orElse("")
                : "";
        return Optional.of(trusted ? placed.getFirst() : other.isEmpty() ? unseen : other).filter(s -> !s.isEmpty())
                .map(s -> List.of(desk.nextHop(s)));
    }

    @Override
    public ReadBack apply(List<Change> changes) {
        Map<Taking, Change> takings = new LinkedHashMap<>();
        changes.stream().filter(c -> !c.after().isEmpty()).forEach(c -> takings.put(taking(c), c));
        Map<Prefix, Route> routes = new HashMap<>();
        Map<Address, Address> lookups = new HashMap<>();
        Map<Prefix, String> complaints = new HashMap<>();
        Map<Prefix, List<String>> lines = new HashMap<>();
        lan.take(List.copyOf(takings.keySet()), up -> desk.took(up, t -> takings.get(t).service()))
                .forEach((taking, taken) -> {
                    Prefix prefix = takings.get(taking).service().prefix();
                    lines.put(prefix, taken.typed());
                    if (taken.there()) {
                        Address hop = desk.nextHop(taking.to());
                        routes.put(prefix, new Route(prefix, List.of(hop), "", Optional.empty()));
                        lookups.put(taking.address(), hop);
                        desk.remark(takings.get(taking).service(), taking, taken);
                    } else {
                        takings.get(taking).before().ifPresent(r -> routes.put(prefix, r));
                        complaints.put(prefix, taken.complaint());
                    }
                });
        return new ReadBack(routes, lookups, complaints, new Typed(lines, Map.of(), Map.of()));
    }

    private Taking taking(Change change) {
        Service service = change.service();
        String to = service.servers().stream().filter(s -> desk.nextHop(s).equals(change.after().getFirst()))
                .findFirst()
                .orElseThrow();
        return desk.taking(service, to, change.how().planned());
    }

    @Override
    public Map<Prefix, List<String>> lines(List<Change> changes) {
        Map<Prefix, List<String>> lines = new HashMap<>();
        changes.stream().filter(c -> !c.after().isEmpty())
                .forEach(c -> lines.put(c.service().prefix(), new ArrayList<>(lan.lines(taking(c)))));
        return lines;
    }

    /** A LAN has none. */
    @Override
    public Set<Address> addresses() {
        return Set.of();
    }

    @Override
    public boolean unsaved() {
        return false;
    }

    @Override
    public Optional<String> save() {
        return Optional.empty();
    }

    /** The servers' own sessions are kept warm by themselves. */
    @Override
    public boolean ping() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    /** The sessions outlive it: one server that is lost says nothing of the others. */
    @Override
    public void close() {}
}
