package net.reroute.router;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.reroute.core.Address;
import net.reroute.core.Change;
import net.reroute.core.Dialect.Family;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.router.CliReader.Config;

/**
 * The lines that make one change: first what comes, then what goes, so that there is no moment without a route. What goes
 * is named with its next hop, since without one every route of the prefix would go.
 *
 * @param change what for
 * @param adds bring next hops
 * @param removes take them away
 * @param removed what these take away that reroute did not write, by next hop
 * @param gone next hops that go
 * @param refused why nothing can be typed; empty if it can
 */
record CliPlan(Change change, List<Step> adds, List<Step> removes, Map<Address, String> removed, List<Address> gone,
        Optional<String> refused) {

    /**
     * @param line to type
     * @param undo lines that take it back
     * @param hop it is about
     */
    record Step(String line, List<String> undo, Address hop) {

        Step undoneBy(List<String> more) {
            List<String> all = new ArrayList<>(undo);
            all.addAll(more);
            return new Step(line, all, hop);
        }
    }

    List<Step> steps() {
        return Stream.concat(adds.stream(), removes.stream()).toList();
    }

    List<String> lines() {
        return steps().stream().map(Step::line).toList();
    }

    private static CliPlan refused(Change change, String why) {
        return new CliPlan(change, List.of(), List.of(), Map.of(), List.of(), Optional.of(why));
    }

    /** Makes plans for one router. */
    static final class Maker {

        private final RouterSpec spec;

        Maker(RouterSpec spec) {
            this.spec = spec;
        }

        /**
         * @param config what stands there
         * @param used the distance of the route that the table shows
         */
        CliPlan plan(Change change, Config config, Optional<Integer> used) {
            try {
                return planned(change, config, used);
            } catch (IllegalArgumentException e) {
                return refused(change, "its configuration holds something that cannot be typed: " + e.getMessage()
                        + "; nothing was typed");
            }
        }

        private CliPlan planned(Change change, Config config, Optional<Integer> used) {
            Prefix prefix = change.service().prefix();
            List<ConfiguredRoute> there = config.of(prefix);
            Optional<String> strange = config.strange(prefix);
            if (strange.isPresent()) {
                return refused(change, "its configuration has a line for " + prefix + " that dialect " + spec.dialect()
                        + " does not understand: '" + strange.get() + "'; nothing was typed");
            }
            int group = group(there, used);
            List<ConfiguredRoute> active = there.stream().filter(r -> r.distance() == group).toList();
            if (active.stream().anyMatch(r -> r.hop().isEmpty())) {
                return refused(change, "its configuration has a route for " + prefix + " through an interface: '"
                        + active.getFirst().text() + "'; nothing was typed");
            }
            Set<Address> named = new HashSet<>();
            there.forEach(r -> r.hop().ifPresent(named::add));
            Optional<Address> unnamed = change.before().flatMap(b -> b.hops().stream().filter(h -> !named.contains(h))
                    .findFirst());
            if (unnamed.isPresent() && !change.after().contains(unnamed.get()) && change.putBack().isEmpty()) {
                return refused(change, "its table shows " + unnamed.get() + " for " + prefix
                        + ", which stands in no line of its configuration; nothing was typed");
            }
            Optional<Integer> own = spec.cli().orElseThrow().distance();
            return own.isPresent() ? beside(change, there, own.get()) : instead(change, there, group);
        }

        /** Of several distances the one that forwards is acted on, else the one that would. */
        private static int group(List<ConfiguredRoute> there, Optional<Integer> used) {
            return used.filter(u -> there.stream().anyMatch(r -> r.distance() == u))
                    .orElseGet(() -> there.stream().mapToInt(ConfiguredRoute::distance).min()
                            .orElse(ConfiguredRoute.DEFAULT_DISTANCE));
        }

        /** With a distance of our own the admin's lines stay, and ours come and go above them. */
        private CliPlan beside(Change change, List<ConfiguredRoute> there, int own) {
            List<ConfiguredRoute> ours = there.stream().filter(r -> r.distance() == own).toList();
            List<ConfiguredRoute> theirs = there.stream().filter(r -> r.distance() > own).toList();
            int best = theirs.stream().mapToInt(ConfiguredRoute::distance).min().orElse(0);
            List<Address> baseline = theirs.stream().filter(r -> r.distance() == best)
                    .flatMap(r -> r.hop().stream()).sorted().toList();
            if (there.stream().anyMatch(r -> r.distance() < own)) {
                return refused(change, "its configuration has a route for " + change.service().prefix()
                        + " with a distance below our own " + own + "; nothing was typed");
            }
            boolean back = !theirs.isEmpty() && baseline.equals(change.after());
            CliPlan plan = make(change, back ? List.of() : change.after(), ours, own);
            return withTheirs(plan, theirs.stream().filter(r -> r.hop().isPresent()).toList(), own);
        }

        /**
         * Some devices keep one line for each next hop: our line takes the place of the admin's for the same one. That is
         * remembered, and written again when ours goes.
         */
        private CliPlan withTheirs(CliPlan plan, List<ConfiguredRoute> theirs, int group) {
            Map<Address, String> removed = new HashMap<>(plan.removed());
            List<Step> removes = new ArrayList<>(plan.removes());
            List<Step> adds = new ArrayList<>(plan.adds());
            for (ConfiguredRoute route : theirs) {
                Address hop = route.hop().orElseThrow();
                if (adds.stream().anyMatch(s -> s.hop().equals(hop))) {
                    removed.put(hop, route.text());
                    adds.replaceAll(s -> s.hop().equals(hop) ? s.undoneBy(route.lines()) : s);
                }
            }
            for (Address hop : plan.gone()) {
                Optional<ConfiguredRoute> kept = kept(plan.change(), hop).filter(k -> k.distance() != group);
                boolean stands = theirs.stream().anyMatch(r -> r.hop().equals(Optional.of(hop)));
                if (kept.isPresent() && !stands) {
                    kept.get().lines().forEach(line -> removes.add(new Step(line, List.of(), hop)));
                }
            }
            return new CliPlan(plan.change(), adds, removes, removed, plan.gone(), plan.refused());
        }

        private CliPlan instead(Change change, List<ConfiguredRoute> there, int group) {
            List<ConfiguredRoute> active = there.stream().filter(r -> r.distance() == group).toList();
            // A route that was made and goes again leaves what stood there before it.
            List<Address> wanted = change.after().isEmpty()
                    ? change.how().kept().keySet().stream()
                            .filter(h -> kept(change, h).map(k -> k.distance() == group).orElse(false)).sorted()
                            .toList()
                    : change.after();
            CliPlan plan = make(change, wanted, active, group);
            return withTheirs(plan, there.stream().filter(r -> r.distance() != group && r.hop().isPresent()).toList(),
                    group);
        }

        private static List<Address> hops(List<ConfiguredRoute> routes) {
            return routes.stream().flatMap(r -> r.hop().stream()).toList();
        }

        /**
         * @param wanted next hops to have with this distance
         * @param from lines with it that stand there
         */
        private CliPlan make(Change change, List<Address> wanted, List<ConfiguredRoute> from, int distance) {
            List<Step> adds = new ArrayList<>();
            String tag = from.stream().map(ConfiguredRoute::tag).filter(t -> !t.isEmpty()).findFirst().orElse("");
            wanted.stream().filter(h -> !hops(from).contains(h))
                    .forEach(hop -> adds.addAll(added(change, hop, distance, tag)));
            List<Step> removes = new ArrayList<>();
            Map<Address, String> removed = new HashMap<>();
            List<Address> gone = hops(from).stream().filter(h -> !wanted.contains(h)).toList();
            for (ConfiguredRoute route : from.stream().filter(r -> gone.contains(r.hop().orElseThrow())).toList()) {
                Address hop = route.hop().orElseThrow();
                removes.add(new Step(removing(change.service().prefix(), route), route.lines(), hop));
                if (!route.text().equalsIgnoreCase(made(change.service().prefix(), hop, distance, tag))) {
                    removed.put(hop, route.text());
                }
            }
            return new CliPlan(change, adds, removes, removed, gone, Optional.empty());
        }

        /** What once stood there for a next hop; only what its dialect understands as that is ever typed again. */
        private Optional<ConfiguredRoute> kept(Change change, Address hop) {
            String text = change.how().kept().get(hop);
            Prefix prefix = change.service().prefix();
            return text == null
                    ? Optional.empty()
                    : CliReader.config(List.of(text.split("\n")), family(prefix),
                            spec.cli().orElseThrow().dialect().writing().words(), spec.table()).of(prefix).stream()
                            .filter(r -> r.hop().equals(Optional.of(hop))).findFirst();
        }

        /** A line that stood there once is written again as it was. */
        private List<Step> added(Change change, Address hop, int distance, String tag) {
            Prefix prefix = change.service().prefix();
            Optional<ConfiguredRoute> kept = spec.cli().orElseThrow().distance().isPresent()
                    ? Optional.empty()
                    : kept(change, hop).filter(k -> k.distance() == distance);
            List<String> lines = kept.map(ConfiguredRoute::lines)
                    .orElseGet(() -> List.of(made(prefix, hop, distance, tag)));
            String undo = removing(prefix, new ConfiguredRoute(Optional.of(hop), "", distance, tag, lines));
            List<Step> steps = new ArrayList<>(List.of(new Step(lines.getFirst(), List.of(undo), hop)));
            lines.stream().skip(1).forEach(more -> steps.add(new Step(more, List.of(), hop)));
            return steps;
        }

        private String made(Prefix prefix, Address hop, int distance, String tag) {
            Map<String, String> values = values(prefix, hop);
            if (distance != ConfiguredRoute.DEFAULT_DISTANCE) {
                values.put("distance", Integer.toString(distance));
            }
            if (!tag.isEmpty()) {
                values.put("tag", tag);
            }
            return family(prefix).add().fill(values);
        }

        private String removing(Prefix prefix, ConfiguredRoute route) {
            Map<String, String> values = values(prefix, route.hop().orElseThrow());
            if (!route.interfaceName().isEmpty()) {
                values.put("interface", route.interfaceName());
            }
            if (route.distance() != ConfiguredRoute.DEFAULT_DISTANCE) {
                values.put("distance", Integer.toString(route.distance()));
            }
            if (!route.tag().isEmpty()) {
                values.put("tag", route.tag());
            }
            return family(prefix).remove().fill(values);
        }

        private Map<String, String> values(Prefix prefix, Address hop) {
            Map<String, String> values = new HashMap<>();
            values.put("prefix", prefix.toString());
            values.put("network", prefix.network().toString());
            if (!prefix.network().v6()) {
                values.put("mask", prefix.mask().toString());
            }
            values.put("hop", hop.toString());
            spec.table().ifPresent(vrf -> values.put("vrf", vrf));
            return values;
        }

        private Family family(Prefix prefix) {
            return spec.cli().orElseThrow().dialect().family(prefix.network().v6()).orElseThrow();
        }
    }
}
