package net.reroute.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.reroute.core.Address;
import net.reroute.core.Change;
import net.reroute.core.Prefix;
import net.reroute.core.Route;
import net.reroute.router.Router;
import net.reroute.router.RouterException;

/** A router in memory, with faults on demand. */
final class FakeRouter implements Router {

    final Map<Prefix, Route> table = new LinkedHashMap<>();
    final List<String> typed = new ArrayList<>();
    boolean reachable = true;
    boolean refuses;
    boolean ignores;
    int dropsAfter = Integer.MAX_VALUE;

    synchronized void route(String prefix, String... hops) {
        Prefix of = Prefix.parse(prefix);
        table.put(of, new Route(of, List.of(hops).stream().map(Address::parse).sorted().toList(), "exact " + prefix,
                Optional.empty()));
    }

    synchronized List<String> hops(String prefix) {
        Route route = table.get(Prefix.parse(prefix));
        return route == null ? List.of() : route.hops().stream().map(Address::toString).toList();
    }

    private void answer() throws RouterException {
        if (!reachable) {
            throw RouterExceptions.unreachable("nobody answers");
        }
    }

    @Override
    public synchronized Map<Prefix, Route> routes(Collection<Prefix> prefixes) throws RouterException {
        answer();
        Map<Prefix, Route> found = new HashMap<>();
        prefixes.stream().filter(table::containsKey).forEach(p -> found.put(p, table.get(p)));
        return found;
    }

    @Override
    public synchronized ReadBack apply(List<Change> changes) throws RouterException {
        answer();
        Map<Prefix, String> complaints = new HashMap<>();
        Map<Address, Address> lookups = new HashMap<>();
        int done = 0;
        for (Change change : changes) {
            if (done++ == dropsAfter) {
                dropsAfter = Integer.MAX_VALUE;
                throw RouterExceptions.unreachable("the session broke");
            }
            apply(change, complaints);
            Route now = table.get(change.service().prefix());
            if (now != null && !now.hops().isEmpty()) {
                lookups.put(change.service().address(), now.hops().getFirst());
            }
        }
        Map<Prefix, Route> after = new HashMap<>();
        changes.forEach(c -> Optional.ofNullable(table.get(c.service().prefix()))
                .ifPresent(r -> after.put(c.service().prefix(), r)));
        return new ReadBack(after, lookups, complaints, new Typed(lines(changes), Map.of(), Map.of()));
    }

    private void apply(Change change, Map<Prefix, String> complaints) {
        Prefix prefix = change.service().prefix();
        if (refuses) {
            complaints.put(prefix, "Operation not permitted");
        } else if (!ignores) {
            typed.add(line(change));
            if (change.putBack().isPresent()) {
                table.put(prefix, change.putBack().get());
            } else if (change.after().isEmpty()) {
                table.remove(prefix);
            } else {
                table.put(prefix, new Route(prefix, change.after(), "ours " + prefix, Optional.empty()));
            }
        }
    }

    @Override
    public Map<Prefix, List<String>> lines(List<Change> changes) {
        return changes.stream().collect(Collectors.toMap(c -> c.service().prefix(), c -> List.of(line(c))));
    }

    private static String line(Change change) {
        return change.service().prefix() + " via " + change.after();
    }

    @Override
    public boolean unsaved() {
        return false;
    }

    @Override
    public Optional<String> save() {
        return Optional.empty();
    }

    @Override
    public Set<Address> addresses() {
        return Set.of();
    }

    @Override
    public void ping() throws RouterException {
        answer();
    }

    @Override
    public boolean isOpen() {
        return reachable;
    }

    @Override
    public void close() {
        // nothing is held
    }
}
