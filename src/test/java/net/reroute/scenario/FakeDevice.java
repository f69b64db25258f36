package net.reroute.scenario;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.reroute.core.Address;
import net.reroute.core.Login;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.route.router.Change;
import net.reroute.redirect.route.router.Route;
import net.reroute.redirect.route.router.Router;

/** A router in memory. */
final class FakeDevice extends Device {

    private final Map<Prefix, Route> table = new LinkedHashMap<>();

    @Override
    RouterSpec spec(String name) {
        Login login = new Login("192.168.1.1", 22, "root", Optional.of(Path.of("key")), false, Optional.empty(),
                Path.of("known_hosts"), Optional.empty(), false, false);
        return new RouterSpec(name, "linux", login, Optional.empty(), RouterSpec.SessionKeeping.WARM, Optional.empty());
    }

    @Override
    synchronized void route(String prefix, String... hops) {
        Prefix of = Prefix.parse(prefix);
        table.put(of, new Route(of, List.of(hops).stream().map(Address::parse).sorted().toList(), "exact " + prefix,
                Optional.empty()));
    }

    @Override
    synchronized void clear() {
        table.clear();
    }

    @Override
    synchronized List<String> hops(String prefix) {
        Route route = table.get(Prefix.parse(prefix));
        return route == null ? List.of() : route.hops().stream().map(Address::toString).toList();
    }

    @Override
    synchronized String exact(String prefix) {
        return String.valueOf(table.get(Prefix.parse(prefix)));
    }

    @Override
    Router connect() {
        return new InMemory();
    }

    private final class InMemory implements Router {

        @Override
        public Map<Prefix, Route> routes(Collection<Prefix> prefixes) {
            synchronized (FakeDevice.this) {
                Map<Prefix, Route> found = new HashMap<>();
                prefixes.stream().filter(table::containsKey).forEach(p -> found.put(p, table.get(p)));
                return found;
            }
        }

        @Override
        public ReadBack apply(List<Change> changes) {
            synchronized (FakeDevice.this) {
                changes.forEach(this::write);
                Map<Prefix, Route> after = routes(changes.stream().map(c -> c.service().prefix()).toList());
                Map<Address, Address> lookups = new HashMap<>();
                changes.forEach(
                        c -> Optional.ofNullable(after.get(c.service().prefix())).filter(r -> !r.hops().isEmpty())
                                .ifPresent(r -> lookups.put(c.service().address(), r.hops().getFirst())));
                return new ReadBack(after, lookups, Map.of(), new Typed(lines(changes), Map.of(), Map.of()));
            }
        }

        private void write(Change change) {
            Prefix prefix = change.service().prefix();
            if (change.putBack().isPresent()) {
                table.put(prefix, change.putBack().get());
            } else if (change.after().isEmpty()) {
                table.remove(prefix);
            } else {
                table.put(prefix, new Route(prefix, change.after(), "ours " + prefix, Optional.empty()));
            }
        }

        @Override
        public Map<Prefix, List<String>> lines(List<Change> changes) {
            return changes.stream().collect(Collectors.toMap(c -> c.service().prefix(),
                    c -> List.of(c.service().prefix() + " via " + c.after())));
        }

        @Override
        public Set<Address> addresses() {
            return Set.of();
        }

        @Override
        public Abilities abilities() {
            return new Abilities(Optional.empty(), Optional.empty());
        }

        @Override
        public boolean ping() {
            return false; // always there
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
