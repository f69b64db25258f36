package net.reroute.redirect.route.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.route.cli.CliPlan.PlannedLine;
import net.reroute.redirect.route.cli.ConfigReader.Config;
import net.reroute.redirect.route.router.Change;

/** Plans the lines that make a change on one router, from its configuration. */
final class CliPlanner {

    private final RouterSpec spec;
    private final RouteLines lines;

    /** @param lines the syntax of this router's lines */
    CliPlanner(RouterSpec spec, RouteLines lines) {
        this.spec = spec;
        this.lines = lines;
    }

    /**
     * Plans a change. What cannot be planned is a refused plan, not an exception.
     *
     * @param config of the router
     * @param used distance of the route in the table; empty if unknown
     */
    CliPlan plan(Change change, Config config, Optional<Integer> used) {
        try {
            CliPlan plan = planned(change, config, used);
            return spared(plan, config).map(why -> CliPlan.refused(change, why)).orElse(plan);
        } catch (IllegalArgumentException e) {
            return CliPlan.refused(change, "its configuration holds something that cannot be typed: " + e.getMessage());
        }
    }

    private CliPlan planned(Change change, Config config, Optional<Integer> used) {
        Prefix prefix = change.service().prefix();
        List<ConfiguredRoute> there = config.of(prefix);
        Optional<String> strange = config.strange(prefix);
        if (strange.isPresent()) {
            return CliPlan.refused(change, "its configuration has a line for " + prefix + " that dialect "
                    + spec.dialect() + " does not understand: '" + strange.get() + "'");
        }
        int group = group(there, used);
        Optional<ConfiguredRoute> hopless = there.stream().filter(r -> r.distance() == group && r.hop().isEmpty())
                .findFirst();
        if (hopless.isPresent()) {
            return CliPlan.refused(change, "its configuration has a route for " + prefix + " through an interface: '"
                    + hopless.get().text() + "'");
        }
        Set<Address> named = new HashSet<>(hops(there));
        Optional<Address> unnamed = change.before().flatMap(b -> b.hops().stream().filter(h -> !named.contains(h))
                .findFirst());
        if (unnamed.isPresent() && !change.after().contains(unnamed.get()) && change.putBack().isEmpty()) {
            return CliPlan.refused(change, "its table shows " + unnamed.get() + " for " + prefix
                    + ", which stands in no line of its configuration");
        }
        Optional<Integer> own = spec.cli().orElseThrow().distance();
        return own.isPresent() ? beside(change, there, own.get()) : instead(change, there, group);
    }

    /** The distance to change: that of the route in use, else the lowest. */
    private static int group(List<ConfiguredRoute> there, Optional<Integer> used) {
        return used.filter(u -> there.stream().anyMatch(r -> r.distance() == u))
                .orElseGet(() -> there.stream().mapToInt(ConfiguredRoute::distance).min()
                        .orElse(ConfiguredRoute.DEFAULT_DISTANCE));
    }

    /** Why a plan must be refused: one of its removing lines might also remove a line that must stay. */
    private Optional<String> spared(CliPlan plan, Config config) {
        Set<String> going = new HashSet<>();
        plan.removes().forEach(step -> going.addAll(step.undo()));
        Prefix prefix = plan.change().service().prefix();
        List<ConfiguredRoute> there = config.of(prefix);
        List<ConfiguredRoute> goes = there.stream().filter(r -> going.containsAll(r.lines())).toList();
        for (ConfiguredRoute stays : there.stream().filter(r -> !goes.contains(r)).toList()) {
            for (ConfiguredRoute route : goes) {
                if (lines.reaches(route, stays)) {
                    return Optional.of("'" + lines.removing(prefix, route, there) + "' could take '" + stays.text()
                            + "' away too, which is to stay");
                }
            }
        }
        return Optional.empty();
    }

    /** With our own distance the admin's lines stay. Our lines, which have a lower distance, are added and removed. */
    private CliPlan beside(Change change, List<ConfiguredRoute> there, int own) {
        List<ConfiguredRoute> theirs = there.stream().filter(r -> r.distance() > own).toList();
        int best = theirs.stream().mapToInt(ConfiguredRoute::distance).min().orElse(0);
        List<Address> baseline = hops(theirs.stream().filter(r -> r.distance() == best).toList()).stream().distinct()
                .sorted().toList();
        if (there.stream().anyMatch(r -> r.distance() < own)) {
            return CliPlan.refused(change, "its configuration has a route for " + change.service().prefix()
                    + " with a distance below our own " + own);
        }
        boolean back = !theirs.isEmpty() && baseline.equals(change.after());
        CliPlan plan = make(change, back ? List.of() : change.after(), there, own);
        return withTheirs(plan, theirs.stream().filter(r -> r.hop().isPresent()).toList(), own);
    }

    /**
     * Some devices keep one line per next hop, so our line replaces the admin's. Remembers the admin's line, and
     * restores it when ours is removed.
     */
    private CliPlan withTheirs(CliPlan plan, List<ConfiguredRoute> theirs, int group) {
        Map<Address, String> removed = new HashMap<>(plan.removed());
        List<PlannedLine> removes = new ArrayList<>(plan.removes());
        List<PlannedLine> adds = new ArrayList<>(plan.adds());
        for (ConfiguredRoute route : theirs) {
            Address hop = route.hop().orElseThrow();
            if (adds.stream().anyMatch(s -> s.hop().equals(hop))) {
                removed.merge(hop, route.text(), (a, b) -> a + "\n" + b);
                adds.replaceAll(s -> s.hop().equals(hop) ? s.undoneBy(route.lines()) : s);
            }
        }
        for (Address hop : plan.gone()) {
            boolean stands = hops(theirs).contains(hop);
            kept(plan.change(), hop).stream().filter(k -> k.distance() != group && !stands)
                    .flatMap(k -> k.lines().stream())
                    .forEach(line -> removes.add(new PlannedLine(line, List.of(), hop)));
        }
        return new CliPlan(plan.change(), adds, removes, removed, plan.gone(), plan.refused());
    }

    private CliPlan instead(Change change, List<ConfiguredRoute> there, int group) {
        // when our route is removed, restore the line that it replaced
        List<Address> wanted = change.after().isEmpty()
                ? change.options().kept().keySet().stream()
                        .filter(h -> kept(change, h).stream().anyMatch(k -> k.distance() == group)).sorted().toList()
                : change.after();
        CliPlan plan = make(change, wanted, there, group);
        return withTheirs(plan, there.stream().filter(r -> r.distance() != group && r.hop().isPresent()).toList(),
                group);
    }

    private static List<Address> hops(List<ConfiguredRoute> routes) {
        return routes.stream().flatMap(r -> r.hop().stream()).toList();
    }

    /**
     * Plans the lines of one distance.
     *
     * @param wanted next hops to have
     * @param there all lines of the prefix
     */
    private CliPlan make(Change change, List<Address> wanted, List<ConfiguredRoute> there, int distance) {
        List<ConfiguredRoute> from = there.stream().filter(r -> r.distance() == distance).toList();
        Prefix prefix = change.service().prefix();
        List<PlannedLine> adds = new ArrayList<>();
        String tag = from.stream().map(ConfiguredRoute::tag).filter(t -> !t.isEmpty()).findFirst().orElse("");
        wanted.stream().filter(h -> !hops(from).contains(h))
                .forEach(hop -> adds.addAll(added(change, made(change, hop, distance, tag), there)));
        List<Address> gone = hops(from).stream().filter(h -> !wanted.contains(h)).distinct().toList();
        List<PlannedLine> removes = new ArrayList<>();
        Map<Address, String> removed = new HashMap<>();
        for (Address hop : gone) {
            List<ConfiguredRoute> routes = from.stream().filter(r -> r.hop().equals(Optional.of(hop))).toList();
            removes.addAll(removing(prefix, routes, there));
            String text = String.join("\n", routes.stream().map(ConfiguredRoute::text).toList());
            if (!text.equalsIgnoreCase(lines.made(prefix, hop, distance, tag))) {
                removed.put(hop, text);
            }
        }
        return new CliPlan(change, adds, removes, removed, gone, Optional.empty());
    }

    /** The removing lines for these routes, without duplicates. */
    private List<PlannedLine> removing(Prefix prefix, List<ConfiguredRoute> routes, List<ConfiguredRoute> there) {
        List<PlannedLine> steps = new ArrayList<>();
        for (ConfiguredRoute route : routes) {
            String line = lines.removing(prefix, route, there);
            Address hop = route.hop().orElseThrow();
            if (steps.stream().noneMatch(s -> s.line().equals(line))) {
                steps.add(new PlannedLine(line, route.lines(), hop));
            } else {
                steps.replaceAll(s -> s.line().equals(line) ? s.undoneBy(route.lines()) : s);
            }
        }
        return steps;
    }

    /** The remembered lines for a next hop, as far as the dialect understands them; others are not typed again. */
    private List<ConfiguredRoute> kept(Change change, Address hop) {
        String text = change.options().kept().get(hop);
        Prefix prefix = change.service().prefix();
        return text == null
                ? List.of()
                : lines.read(prefix, List.of(text.split("\n"))).stream()
                        .filter(r -> r.hop().equals(Optional.of(hop))).toList();
    }

    /** The lines for a next hop: the remembered ones unchanged, else a line of our own. */
    private List<ConfiguredRoute> made(Change change, Address hop, int distance, String tag) {
        Prefix prefix = change.service().prefix();
        List<ConfiguredRoute> before = spec.cli().orElseThrow().distance().isPresent()
                ? List.of()
                : kept(change, hop).stream().filter(k -> k.distance() == distance).toList();
        return before.isEmpty()
                ? List.of(new ConfiguredRoute(Optional.of(hop), ConfiguredRoute.Outlet.PLAIN, distance, tag,
                        List.of(lines.made(prefix, hop, distance, tag))))
                : before;
    }

    private List<PlannedLine> added(Change change, List<ConfiguredRoute> routes, List<ConfiguredRoute> there) {
        Prefix prefix = change.service().prefix();
        List<PlannedLine> steps = new ArrayList<>();
        for (ConfiguredRoute route : routes) {
            Address hop = route.hop().orElseThrow();
            steps.add(new PlannedLine(route.lines().getFirst(), List.of(lines.removing(prefix, route, there)), hop));
            route.lines().stream().skip(1).forEach(more -> steps.add(new PlannedLine(more, List.of(), hop)));
        }
        return steps;
    }
}
