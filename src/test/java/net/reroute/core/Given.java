package net.reroute.core;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import net.reroute.core.Assignment.Origin;
import net.reroute.core.CheckSpec.Test;
import net.reroute.core.CheckSpec.Timers;
import net.reroute.core.Health.State;
import net.reroute.core.Inventory.Settings;
import net.reroute.core.Service.Choose;
import net.reroute.core.Service.Policy;
import net.reroute.core.Service.Rules;
import net.reroute.core.Snapshot.Cause;
import net.reroute.core.Snapshot.Pair;

/** The reference network and what holds in it, for tests of decisions. Everything is UP for an hour and at home. */
public final class Given {

    public static final Instant NOW = Instant.parse("2026-01-01T05:00:00Z");
    public static final Attribution ANNA = new Attribution(new Actor.Human("anna", ""), "kernel", NOW);
    public static final List<String> HOSTS = List.of("host1", "host2", "host3", "host4");

    private final Map<String, Verdict> verdicts = new HashMap<>();
    private final Map<String, Assignment> assignments = new HashMap<>();
    private final Map<Pair, Instant> setAside = new HashMap<>();
    private final List<Service> services = new ArrayList<>();
    private final List<Service> names = new ArrayList<>();
    private ActiveIntents intents = ActiveIntents.NONE;
    private Reactions response = Reactions.NONE;
    private Cause cause = Cause.of("test");
    private Instant sightedAt = Instant.EPOCH;
    private Instant started = NOW.minusSeconds(7200);

    public Given() {
        HOSTS.forEach(h -> is(h, State.UP, Duration.ofHours(1)));
    }

    public static Rules rules() {
        return new Rules(Policy.ANY, 1, Choose.ORDERED, true, Duration.ofMinutes(1));
    }

    /** www-1 on host1 to host4, at home. */
    public static Given one() {
        return new Given().service("www-1", "192.168.1.32/27", rules(), "host1", "host2", "host3", "host4").at("www-1",
                Origin.MOVED, "host1");
    }

    public Given service(String name, String prefix, Rules rules, String... servers) {
        Prefix p = Prefix.parse(prefix);
        services.add(new Service(name, p, p.firstUsable(), List.of(servers), List.of("web"), List.of("gw1"), rules,
                Optional.empty()));
        return this;
    }

    /** A name in DNS that lists services; each has one address. */
    public Given name(String name, Rules rules, String... listed) {
        Zone zone = new Zone("widgetco.example", List.of(), Optional.empty(), Optional.empty());
        Map<String, List<Address>> records = new HashMap<>();
        services.forEach(s -> records.put(s.name(), List.of(s.address())));
        names.add(new Service(name, new Frontend.DnsName(zone, records,
                new Frontend.Lifetime(Duration.ofMinutes(5), Duration.ofSeconds(30)), Duration.ofSeconds(5)),
                List.of(listed), List.of(), List.of(zone.device()), rules, Optional.empty()));
        return this;
    }

    /** How busy a server says it is. */
    public Given load(String server, double load) {
        Verdict v = verdicts.get(server);
        verdicts.put(server, new Verdict(v.state(), v.doubt(), v.since(), v.doubtSince(), v.why(),
                OptionalDouble.of(load)));
        return this;
    }

    public Given at(String service, Origin origin, String... servers) {
        assignments.put(service, new Assignment(List.of(servers), origin, NOW.minusSeconds(600), "test"));
        return this;
    }

    public Given nowhere(String service) {
        assignments.remove(service);
        return this;
    }

    public Given is(String server, State state, Duration since) {
        Instant at = NOW.minus(since);
        verdicts.put(server, new Verdict(state, false, at, at, state == State.UP ? "" : "web: no answer in 1s"));
        return this;
    }

    public Given down(String... servers) {
        for (String server : servers) {
            is(server, State.DOWN, Duration.ofSeconds(1));
        }
        return this;
    }

    public Given inDoubt(String server) {
        verdicts.put(server, new Verdict(State.UP, true, NOW.minusSeconds(9), NOW.minusSeconds(9), "web: no answer"));
        return this;
    }

    public Given intent(Intent intent) {
        intents = intents.with(intent);
        return this;
    }

    public Given pinned(String service, String server, boolean stay) {
        return intent(Intent.pin(service, server, ANNA, Optional.empty(), stay));
    }

    public Given asked(String... asked) {
        cause = new Cause("asked", Set.of(asked), false, Optional.of(ANNA));
        return this;
    }

    public Given forced(String... asked) {
        cause = new Cause("asked", Set.of(asked), true, Optional.of(ANNA));
        return this;
    }

    public Given playbook(Playbook playbook) {
        Map<String, Playbook> all = new HashMap<>(response.playbooks());
        all.put(playbook.name(), playbook);
        response = new Reactions(all, response.channels(), response.rules());
        return this;
    }

    public Given setAside(String service, String server) {
        setAside.put(new Pair(service, server), NOW.plusSeconds(10));
        return this;
    }

    public Given justSighted() {
        sightedAt = NOW.plusMillis(100);
        return this;
    }

    public Given justStarted() {
        started = NOW.minusMillis(100);
        return this;
    }

    public Inventory inventory() {
        Map<String, Server> servers = new LinkedHashMap<>();
        for (int i = 0; i < HOSTS.size(); i++) {
            Address address = Address.parse("192.168.1." + (i + 2));
            servers.put(HOSTS.get(i), new Server(HOSTS.get(i), address, address, Optional.empty()));
        }
        Timers timers = new Timers(Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofSeconds(1), 3, 3);
        CheckSpec web = new CheckSpec("web", new Test.Tcp("{server}:80"), timers);
        Login login = new Login("192.168.1.1", 22, "root", Optional.of(Path.of("key")), false, Optional.empty(),
                Path.of("known_hosts"), Optional.empty(), false, false);
        Map<String, Service> byName = new LinkedHashMap<>();
        services.forEach(s -> byName.put(s.name(), s));
        Map<String, Service> inDns = new LinkedHashMap<>();
        names.forEach(s -> inDns.put(s.name(), s));
        return new Inventory(
                Map.of("gw1", new RouterSpec("gw1", "linux", login, Optional.empty(), RouterSpec.SessionKeeping.WARM,
                        Optional.empty())),
                servers,
                Map.of("web", web), byName, inDns, Map.of(),
                new Settings(true, Duration.ofDays(1), Duration.ofHours(1), Optional.empty(), List.of(),
                        Optional.empty()),
                response);
    }

    public Snapshot snapshot() {
        Map<Pair, Verdict> each = new HashMap<>();
        services.forEach(s -> s.servers().stream().filter(verdicts::containsKey)
                .forEach(server -> each.put(new Pair(s.name(), server), verdicts.get(server))));
        return new Snapshot(inventory(), each, intents, assignments, setAside, cause,
                new Snapshot.Times(started, sightedAt, NOW));
    }

    public List<Decision> decide() {
        return Planner.decide(snapshot());
    }

    /** The decision for the first service. */
    public Decision decision() {
        return decide().getFirst();
    }
}
