package net.reroute.redirect.route.cli;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import net.reroute.core.Address;
import net.reroute.core.Dialect;
import net.reroute.core.Dialect.Family;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.route.cli.ConfigReader.Config;
import net.reroute.redirect.route.cli.TableReader.ShownRoute;
import net.reroute.redirect.route.cli.TableReader.Table;
import net.reroute.redirect.route.router.Change;
import net.reroute.redirect.route.router.Route;
import net.reroute.redirect.route.router.RouterException;

/** Shows the state of a router, by the commands and patterns of its dialect. Not thread-safe. */
final class ShowCommands {

    /** The table follows the configuration after some milliseconds, so look again before reporting a difference. */
    private static final int LOOKS = 5;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final RouterSpec spec;
    private final Dialect dialect;
    private final CliSession session;
    private final Map<Prefix, ShownRoute> table = new HashMap<>();
    private final Set<String> interfaces = new HashSet<>();
    private final RouteLines lines;
    /** Configuration lines that are not understood, by the prefix they concern. */
    private final Map<Prefix, String> strange = new HashMap<>();
    private final Set<Prefix> asked = new LinkedHashSet<>();
    private boolean examined;

    ShowCommands(RouterSpec spec, CliSession session) {
        this.spec = spec;
        this.dialect = spec.cli().orElseThrow().dialect();
        this.session = session;
        this.lines = new RouteLines(spec, interfaces);
    }

    /** The router's own addresses; empty if the dialect cannot ask for them. Remembers its interfaces. */
    Set<Address> own() throws RouterException {
        Set<Address> own = new HashSet<>();
        for (Optional<Family> family : List.of(dialect.ipv4(), dialect.ipv6())) {
            if (family.flatMap(Family::own).isPresent()) {
                List<String> shown = session.show(family.get().own().get().fill(values()));
                own.addAll(CliReader.addresses(shown));
                shown.forEach(l -> interfaces.add(l.strip().split("\\s", 2)[0]));
            }
        }
        return own;
    }

    /** The syntax of this router's route lines. */
    RouteLines lines() {
        return lines;
    }

    /** The static routes for these prefixes, as the table shows them. A prefix without one is absent. */
    Map<Prefix, Route> routes(Collection<Prefix> prefixes) throws RouterException {
        asked.addAll(prefixes);
        examined &= strange.isEmpty(); // examine again if there was a strange line
        Map<Prefix, Route> routes = new LinkedHashMap<>();
        for (boolean v6 : List.of(false, true)) {
            List<Prefix> wanted = CliReader.ofFamily(prefixes, v6);
            if (!wanted.isEmpty()) {
                Table shown = table(v6);
                wanted.forEach(p -> route(p, shown).ifPresent(r -> routes.put(p, r)));
                wanted.forEach(p -> table.compute(p, (k, old) -> shown.routes().get(p)));
            }
        }
        return routes;
    }

    private Optional<Route> route(Prefix prefix, Table table) {
        Optional<String> line = table.strange(prefix);
        if (line.isPresent()) {
            return Optional.of(new Route(prefix, List.of(), line.get(), Optional.of(
                    "is shown in a way that dialect " + dialect.name() + " does not understand: '" + line.get()
                            + "'")));
        }
        return Optional.ofNullable(table.routes().get(prefix)).map(
                shown -> new Route(prefix, shown.hops().stream().sorted().toList(), "", Optional.ofNullable(
                        strange.get(prefix)).map(
                                l -> "has a line in its configuration that dialect " + dialect.name()
                                        + " does not understand: '" + l + "'")));
    }

    /**
     * Looks in the configuration for lines of our prefixes that are not understood, so that an admin learns of them
     * before they block a move. Does this once, and again only while such a line is known.
     *
     * @return true if the result differs from before
     */
    boolean examine() throws RouterException {
        if (examined) {
            return false;
        }
        Map<Prefix, String> before = Map.copyOf(strange);
        for (boolean v6 : List.of(false, true)) {
            if (!CliReader.ofFamily(asked, v6).isEmpty()) {
                config(v6);
            }
        }
        examined = true;
        return !before.equals(strange);
    }

    /** The distance of a route when the table was last shown; empty if unknown. */
    Optional<Integer> distance(Prefix prefix) {
        return Optional.ofNullable(table.get(prefix)).flatMap(ShownRoute::distance);
    }

    /**
     * Types a line that shows something.
     *
     * @throws RouterException refused, if the router rejects the line
     */
    private List<String> shown(String line) throws RouterException {
        List<String> lines = session.show(line);
        if (lines.stream().anyMatch(l -> AnswerMatcher.matches(dialect.answers().refused(), l))) {
            throw RouterException.refused("it does not take '" + line + "': " + CliAnswers.oneLine(lines));
        }
        return lines;
    }

    /**
     * Reads the configuration for the families of these changes. Reads it again if a line of one of their prefixes is
     * not understood, since a system message may have cut it.
     */
    Map<Boolean, Config> configs(List<Change> changes) throws RouterException {
        Map<Boolean, Config> configs = new HashMap<>();
        for (boolean v6 : List.of(false, true)) {
            List<Prefix> prefixes = CliReader.ofFamily(changes.stream().map(c -> c.service().prefix()).toList(), v6);
            if (!prefixes.isEmpty()) {
                Config config = config(v6);
                configs.put(v6, prefixes.stream().anyMatch(p -> config.strange(p).isPresent()) ? config(v6) : config);
            }
        }
        return configs;
    }

    /** Reads all static routes of a family from the table. */
    Table table(boolean v6) throws RouterException {
        return TableReader.table(shown(family(v6).table().fill(values())), family(v6));
    }

    /** Reads all static routes of a family from the configuration. */
    Config config(boolean v6) throws RouterException {
        List<String> shown = shown(family(v6).config().fill(values()));
        Config config = lines.reader(v6).read(shown);
        CliReader.ofFamily(asked, v6).forEach(p -> strange.compute(p, (k, old) -> config.strange(p).orElse(null)));
        return config;
    }

    /** The route that the router's lookup shows for an address; empty if there is none. */
    Map<Prefix, ShownRoute> way(Address address) throws RouterException {
        Map<String, String> values = values();
        values.put("address", address.toString());
        Family family = family(address.v6());
        return TableReader.lookup(shown(family.lookup().fill(values)), family);
    }

    /** What the router shows after changes. Waits a little if configuration and table disagree. */
    CliVerification after(List<Change> changes) throws RouterException {
        Map<Boolean, Config> configs = configs(changes);
        Map<Address, Map<Prefix, ShownRoute>> lookups = new HashMap<>();
        for (Change change : changes) {
            Address address = change.service().address();
            lookups.put(address, way(address));
            CliVerification seen = new CliVerification(configs, lookups);
            for (int i = 0; i < LOOKS && seen.remark(change).isPresent(); i++) {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos() << i);
                lookups.put(address, way(address));
            }
        }
        return new CliVerification(configs, lookups);
    }

    /**
     * Pings the next hops of these plans. A router drops the first packets to an unresolved neighbour, so these should
     * be our pings. Their result does not matter.
     */
    void resolve(List<CliPlan> plans) throws RouterException {
        Set<String> lines = new LinkedHashSet<>();
        for (CliPlan plan : plans) {
            Family family = family(plan.change().service().prefix().network().v6());
            if (!plan.adds().isEmpty() && family.ping().isPresent()) {
                for (Address hop : plan.change().after()) {
                    Map<String, String> values = values();
                    values.put("hop", hop.toString());
                    lines.add(family.ping().get().fill(values));
                }
            }
        }
        for (String line : lines) {
            session.show(line);
        }
    }

    private Family family(boolean v6) throws RouterException {
        return dialect.family(v6).orElseThrow(() -> RouterException.refused("dialect " + dialect.name()
                + " does not know IPv" + (v6 ? 6 : 4)));
    }

    private Map<String, String> values() {
        return values(spec);
    }

    /** The values for templates that depend on the router only, in a new map. */
    static Map<String, String> values(RouterSpec spec) {
        return new HashMap<>(spec.table().map(vrf -> Map.of("vrf", vrf)).orElse(Map.of()));
    }
}
