package net.reroute.redirect.flows;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.reroute.core.Address;
import net.reroute.core.FlowMarks;
import net.reroute.core.FlowPlan;
import net.reroute.redirect.Connections;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.nft.MarkedRoutes;
import net.reroute.redirect.nft.MarkedRoutes.Lead;
import net.reroute.redirect.nft.Nft;
import net.reroute.redirect.nft.Nft.Typed;

/**
 * Keeps connections at their servers on one Linux router: a table of nftables marks them by the next hop that the route
 * gave them, rules of routing lead them by the mark. Nothing of others is touched.
 */
public final class FlowKeeper implements Connections {

    /** Each try finds slots that somebody uses. */
    private static final int TRIES = 4;

    private final Nft router;
    private final FlowMarks marks;
    private boolean examined;
    private boolean clean;
    private Optional<FlowLook> last = Optional.empty();

    /** @param marks to use there */
    public FlowKeeper(Nft router, FlowMarks marks) {
        this.router = router;
        this.marks = marks;
    }

    /** The table whose changes matter. */
    public static String tableName() {
        return FlowRules.TABLE;
    }

    @Override
    public Tended tend(FlowPlan plan, boolean show) throws RedirectException {
        if (plan.isEmpty() && clean) {
            return Tended.NOTHING;
        }
        Tended atOnce = show ? Tended.NOTHING : atOnce(plan);
        FlowLook look = look(plan);
        FlowDifference difference = look.difference(plan);
        if (difference.isNone() || show) {
            clean = plan.isEmpty() && difference.isNone();
            last = difference.isNone() ? Optional.of(look) : Optional.empty();
            return difference.tended(room(), difference.before().isEmpty() ? misled(plan, look) : "").behind(atOnce);
        }
        last = Optional.empty();
        Typed typed = router.type(difference.before(), FlowRules.TABLE, difference.table());
        if (!typed.nft().ok()) {
            throw new RedirectException(true, "it refuses what keeps connections: " + typed.nft().complaint(), null);
        }
        // Marks without rules lose their way: so the table comes between the two.
        Typed after = router.type(difference.after(), FlowRules.TABLE, List.of());
        FlowLook now = look(plan);
        FlowDifference left = now.difference(plan);
        if (!left.table().isEmpty()) {
            throw new RedirectException(true, "it took the lines that keep connections, and "
                    + left.what().orElse("has other sets"), null);
        }
        last = Optional.of(now);
        Typed worst = typed.ok() ? after : typed;
        String refused = left.isNone() ? "" : worst.complaint();
        return difference.tended(room(), refused.isEmpty() ? misled(plan, now) : refused).behind(atOnce);
    }

    /**
     * Changes the sets by what was last seen, without a look: clients of a dead server wait. The look that follows sees what
     * came of it.
     */
    private Tended atOnce(FlowPlan plan) throws RedirectException {
        Optional<FlowDifference> difference = last.map(l -> l.difference(plan)).filter(FlowDifference::isOfSets);
        if (difference.isEmpty() || !router.type(List.of(), FlowRules.TABLE, difference.get().table()).ok()) {
            return Tended.NOTHING;
        }
        return difference.get().tended(Room.UNKNOWN, "");
    }

    private String misled(FlowPlan plan, FlowLook look) throws RedirectException {
        return LeadCheck.misled(router, plan, look.leads()).map(hop -> "another rule of routing comes before those for"
                + " marked packets to " + hop
                + "; 'ip rule show' lists them, and flows: {preference: ...} at the router"
                + " gives reroute's a lower number").orElse("");
    }

    private Room room() throws RedirectException {
        String[] said = router
                .run("cat /proc/sys/net/netfilter/nf_conntrack_count /proc/sys/net/netfilter/nf_conntrack_max 2>/dev/null; :\n")
                .out().strip().split("\\s+");
        boolean told = said.length == 2 && said[0].matches("\\d{1,12}") && said[1].matches("\\d{1,12}");
        return told ? new Room(Long.parseLong(said[0]), Long.parseLong(said[1])) : Room.UNKNOWN;
    }

    // ---- looking -------------------------------------------------------------------------------------------------

    private FlowTable table() throws RedirectException {
        try {
            return FlowTable.read(router.table(FlowRules.TABLE).orElse("{}"));
        } catch (IllegalArgumentException e) {
            throw new RedirectException(true, e.getMessage(), e);
        }
    }

    private FlowLook look(FlowPlan plan) throws RedirectException {
        if (!examined) {
            NftVersion.check(router);
            examined = true;
        }
        FlowTable table = table();
        Map<Address, Integer> given = new HashMap<>(table.slots());
        Map<Address, Integer> slots = slots(plan, given, Set.of());
        MarkedRoutes routes = routes(slots);
        learn(routes, given);
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < TRIES; i++) {
            if (!given.keySet().containsAll(slots.keySet())) {
                taken.addAll(taken(routes));
            }
            Map<Address, Integer> better = slots(plan, given, taken);
            if (better.equals(slots)) {
                break;
            }
            slots = better;
            routes = routes(slots);
        }
        List<Lead> leads = slots.entrySet().stream().map(e -> new Lead(e.getKey(), marks.preference(),
                marks.mark(e.getValue()), marks.mask(), marks.table(e.getValue()))).toList();
        return new FlowLook(table, routes, ours(routes), slots, FlowRules.of(plan, slots, marks), leads);
    }

    /** If the table is lost, the rules of routing still tell the slots, which the marks of connections have. */
    private void learn(MarkedRoutes routes, Map<Address, Integer> given) {
        routes.rules().stream().filter(this::isOurs).forEach(r -> routes.routes()
                .getOrDefault(marks.table(marks.slot(r.mark())), List.of()).stream().filter(MarkedRoutes.Route::isOurs)
                .forEach(route -> Address.tryParse(route.via()).ifPresent(hop -> given
                        .putIfAbsent(hop.linkLocal() ? hop.on(route.device()) : hop, marks.slot(r.mark())))));
    }

    private MarkedRoutes routes(Map<Address, Integer> slots) throws RedirectException {
        Set<Long> tables = new TreeSet<>();
        slots.values().forEach(s -> tables.add(marks.table(s)));
        MarkedRoutes routes = MarkedRoutes.look(router, tables);
        // rules that are left over lead to tables that were not asked for
        List<Long> others = ours(routes).stream().map(r -> marks.table(marks.slot(r.mark()))).toList();
        return tables.addAll(others) ? MarkedRoutes.look(router, tables) : routes;
    }

    private Map<Address, Integer> slots(FlowPlan plan, Map<Address, Integer> given, Set<Integer> taken)
            throws RedirectException {
        try {
            return FlowSlots.assign(plan.hops(), given, taken, marks);
        } catch (IllegalArgumentException e) {
            throw new RedirectException(true, e.getMessage(), e);
        }
    }

    private List<MarkedRoutes.Rule> ours(MarkedRoutes routes) {
        return routes.rules().stream().filter(this::isOurs).toList();
    }

    private boolean isOurs(MarkedRoutes.Rule rule) {
        return rule.preference() == marks.preference() && rule.mask() == marks.mask()
                && rule.table().equals(String.valueOf(marks.table(marks.slot(rule.mark()))));
    }

    /** Slots whose marks or tables somebody else uses. */
    private Set<Integer> taken(MarkedRoutes routes) throws RedirectException {
        Set<Integer> taken = new HashSet<>(ForeignMarks.read(router).slots(marks));
        routes.rules().stream().filter(r -> !isOurs(r)).filter(r -> (r.mask() & marks.mask()) != 0)
                .forEach(r -> taken.add(marks.slot(r.mark())));
        routes.routes().forEach((table, its) -> {
            if (its.stream().anyMatch(r -> !r.isOurs())) {
                taken.add((int) (table - marks.tables()));
            }
        });
        return taken;
    }

    @Override
    public Counting counting(FlowPlan plan) throws RedirectException {
        Map<Integer, Address> hops = table().hops();
        return () -> FlowCount.of(router, plan, hops, marks);
    }
}
