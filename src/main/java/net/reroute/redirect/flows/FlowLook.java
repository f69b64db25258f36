package net.reroute.redirect.flows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.reroute.core.Address;
import net.reroute.core.FlowPlan;
import net.reroute.core.FlowPlan.Fate;
import net.reroute.core.Prefix;
import net.reroute.core.Snapshot.Pair;
import net.reroute.redirect.nft.MarkedRoutes;
import net.reroute.redirect.nft.MarkedRoutes.Lead;

/**
 * What a look at a router found, and what should be there.
 *
 * @param rules of routing that are ours
 * @param slots of the next hops
 * @param wanted the table as it should be
 * @param leads routes and rules as they should be
 */
record FlowLook(FlowTable table, MarkedRoutes routes, List<MarkedRoutes.Rule> rules, Map<Address, Integer> slots,
        FlowRules wanted, List<Lead> leads) {

    FlowDifference difference(FlowPlan plan) {
        List<String> surplus = new ArrayList<>();
        Set<MarkedRoutes.Rule> needed = new HashSet<>();
        leads.forEach(l -> needed.add(l.rule()));
        rules.stream().filter(r -> !needed.contains(r)).forEach(r -> {
            surplus.add(r.gone());
            surplus.add("ip " + (r.v6() ? "-6" : "-4") + " route flush table " + r.table());
        });
        if (plan.isEmpty()) {
            boolean there = table.isThere();
            return new FlowDifference(List.of(), there ? List.of("delete table " + FlowRules.TABLE) : List.of(),
                    surplus,
                    there || !surplus.isEmpty() ? Optional.of("no service needs it any more") : Optional.empty(),
                    Set.of());
        }
        List<String> missing = routes.missing(leads);
        Optional<String> differs = table.difference(wanted);
        Map<String, Set<Prefix>> endings = new HashMap<>();
        Set<Pair> ended = new HashSet<>();
        endings(plan, endings, ended);
        List<String> lines = differs.isPresent() ? wanted.lines(endings, table.isThere()) : changes(endings);
        Optional<String> what = differs.or(() -> missing.isEmpty() && surplus.isEmpty()
                ? Optional.empty()
                : Optional.of("its rules of routing for marked packets are not as reroute writes them"));
        return new FlowDifference(missing, lines, surplus, what, ended);
    }

    /** What should have ended, by set; what is not known stays as it is. */
    private void endings(FlowPlan plan, Map<String, Set<Prefix>> endings, Set<Pair> ended) {
        Set<Prefix> known = new TreeSet<>();
        plan.services().forEach(kept -> {
            Prefix prefix = kept.service().prefix();
            known.add(prefix);
            boolean wasOver = table.set(FlowRules.over(prefix)).contains(prefix);
            if (kept.elsewhere() == Fate.ENDS || kept.elsewhere() == Fate.UNKNOWN && wasOver) {
                ends(prefix, FlowRules.over(prefix), endings);
            }
            kept.fates().forEach((server, fate) -> {
                Integer slot = Optional.ofNullable(kept.hops().get(server)).map(slots::get).orElse(null);
                String set = FlowRules.ended(slot == null ? 0 : slot);
                boolean was = table.set(set).contains(prefix);
                if (slot != null && kept.flows().kept() && (fate == Fate.ENDS || fate == Fate.UNKNOWN && was)) {
                    ends(prefix, set, endings);
                    if (!was) {
                        ended.add(new Pair(kept.service().name(), server));
                    }
                }
            });
        });
        gone(known, endings);
    }

    private static void ends(Prefix prefix, String set, Map<String, Set<Prefix>> endings) {
        Stream.of(set, FlowRules.watched(prefix))
                .forEach(s -> endings.computeIfAbsent(s, n -> new TreeSet<>()).add(prefix));
    }

    /** Connections of services that are kept no longer still have their marks. */
    private void gone(Set<Prefix> known, Map<String, Set<Prefix>> endings) {
        Stream.of("marked4", "marked6", "over4", "over6").flatMap(s -> table.set(s).stream())
                .filter(p -> !known.contains(p)).forEach(p -> ends(p, FlowRules.over(p), endings));
    }

    private List<String> changes(Map<String, Set<Prefix>> endings) {
        List<String> lines = new ArrayList<>();
        wanted.sets().keySet().stream().filter(FlowRules::isOfNow).forEach(set -> {
            Set<Prefix> gone = new TreeSet<>(table.set(set));
            gone.removeAll(endings.getOrDefault(set, Set.of()));
            Set<Prefix> come = new TreeSet<>(endings.getOrDefault(set, Set.of()));
            come.removeAll(table.set(set));
            if (!gone.isEmpty()) {
                lines.add("delete element " + FlowRules.TABLE + " " + set + " " + FlowRules.braces(gone));
            }
            if (!come.isEmpty()) {
                lines.add("add element " + FlowRules.TABLE + " " + set + " " + FlowRules.braces(come));
            }
        });
        return lines;
    }
}
