package net.reroute.doctor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.reroute.core.FlowMarks;
import net.reroute.core.FlowPlan;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.Connections.Count;
import net.reroute.redirect.Connections.Room;
import net.reroute.redirect.Connections.Tended;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.flows.FlowKeeper;
import net.reroute.redirect.flows.ForeignMarks;
import net.reroute.redirect.nft.Nft;

/** Examines a Linux router that keeps or cuts connections: what would break that. */
final class FlowExam {

    /** Fewer may be attempts to reach a server that has just failed. */
    private static final int FEW = 3;

    private final RouterSpec router;
    private final FlowPlan plan;
    private final Nft nft;
    private final FlowMarks marks;
    private final List<Finding> findings = new ArrayList<>();

    /** @param plan for its services */
    FlowExam(RouterSpec router, FlowPlan plan, Nft nft) {
        this.router = router;
        this.plan = plan;
        this.nft = nft;
        this.marks = router.marks();
    }

    /** Asks the router. Changes nothing. */
    List<Finding> findings() throws RedirectException {
        FlowKeeper keeper = new FlowKeeper(nft, marks);
        Tended would;
        try {
            would = keeper.tend(plan, true);
        } catch (RedirectException e) {
            if (!e.refused()) {
                throw e;
            }
            bad("cannot keep connections: " + e.getMessage(), "docs/flows.md lists what it needs");
            return findings;
        }
        boolean setUp = would.lines().isEmpty();
        if (!setUp) {
            note("is not set up to keep connections",
                    "a daemon that acts does that by itself; 'reroute status' shows why"
                            + " it could not");
        } else if (would.trouble().isEmpty()) {
            findings.add(Finding.good(router.name(), "knows whose connections are whose"));
        } else {
            bad("does not keep all connections: " + would.trouble(), "ip rule show");
        }
        HostFacts facts = new HostFacts(nft.run(script()).out());
        room(would.room(), facts);
        filters(facts);
        foreign();
        if (setUp) {
            answers(keeper);
        }
        return findings;
    }

    private String script() {
        StringBuilder script = new StringBuilder("k=/proc/sys/net/netfilter\n"
                + "echo \"loose=$(cat $k/nf_conntrack_tcp_loose 2>/dev/null)\"\n"
                + "echo \"strict.all=$(cat /proc/sys/net/ipv4/conf/all/rp_filter 2>/dev/null)\"\n"
                + "echo \"untracked=$(" + nft.sudo() + "nft -j -t list ruleset 2>/dev/null | grep -c notrack)\"\n");
        plan.hops().forEach(hop -> script.append("d=$(ip -o route get ").append(hop.bare())
                .append(hop.zone().isEmpty() ? "" : " oif " + hop.zone())
                .append(" 2>/dev/null | sed 's/.* dev \\([^ ]*\\).*/\\1/'); echo \"dev.").append(hop)
                .append("=$d\"; echo \"strict.").append(hop)
                .append("=$(cat /proc/sys/net/ipv4/conf/$d/rp_filter 2>/dev/null)\"\n"));
        return script.append(":\n").toString();
    }

    private void room(Room room, HostFacts facts) {
        if (room.isCrowded()) {
            bad("tracks " + room.tracked() + " connections and has room for " + room.most() + ": when it is full, new"
                    + " connections are dropped", "sysctl -w net.netfilter.nf_conntrack_max=" + 4 * room.most());
        }
        if (facts.text("loose").equals("0")) {
            note("does not track connections whose beginning it did not see: those that were open when this was set"
                    + " up, or that it forgot in a reboot, follow the route",
                    "sysctl -w net.netfilter.nf_conntrack_tcp_loose=1");
        }
        if (facts.most("untracked", "untracked") > 0) {
            note("has rules that exempt connections from tracking ('notrack'), and those cannot be kept",
                    "nft list ruleset shows them; leave out the prefixes of " + names());
        }
    }

    private String names() {
        return plan.services().stream().map(k -> k.service().name()).collect(Collectors.joining(", "));
    }

    /** Answers of a server that was left come in another way than the route leads back. */
    private void filters(HostFacts facts) {
        Set<String> strict = new TreeSet<>();
        plan.services().forEach(kept -> {
            Map<String, Set<String>> devices = new HashMap<>();
            kept.hops().values().stream().filter(h -> !h.v6()).forEach(h -> devices
                    .computeIfAbsent(facts.text("dev." + h), d -> new LinkedHashSet<>())
                    .add("strict." + h));
            if (devices.size() > 1) {
                devices.forEach((device, names) -> names.stream()
                        .filter(n -> facts.most("strict.all", n) == 1).forEach(n -> strict.add(device)));
            }
        });
        strict.forEach(device -> bad("rp_filter is strict on " + device + ", and servers of one service are on several"
                + " interfaces: answers of a server that was left would be dropped",
                "sysctl -w net.ipv4.conf." + device
                        + ".rp_filter=2"));
    }

    private void foreign() throws RedirectException {
        ForeignMarks.read(nft).places().forEach((mark, place) -> {
            if ((mark & marks.mask()) != 0) {
                note("uses the mark 0x" + Long.toHexString(mark) + " in " + place
                        + ", which has bits of those that keep"
                        + " connections (0x" + Long.toHexString(marks.mask()) + ")",
                        "its own are left out; if that chain also handles " + names() + ", write other bits under"
                                + " flows: {marks: ...} of " + router.name());
            }
        });
    }

    /** A connection that never saw an answer, of a server whose checks are well, is answered past this router. */
    private void answers(FlowKeeper keeper) throws RedirectException {
        Map<String, Count> byServer = new HashMap<>();
        try {
            keeper.counting(plan).count().forEach((pair, count) -> byServer.merge(pair.server(), count, Count::plus));
        } catch (RedirectException e) {
            if (!e.refused()) {
                throw e;
            }
            note("does not count connections: " + e.getMessage(), "install conntrack there, or allow the login to read"
                    + " /proc/net/nf_conntrack");
        }
        byServer.forEach((server, count) -> {
            if (count.oneWay() > FEW && count.live() == 0) {
                bad("sees no answers of " + server + " (" + count.oneWay() + " connections): they pass it by, or the"
                        + " server is silent; such connections cannot be kept",
                        "let answers of " + server
                                + " go through " + router.name() + ": its address is the gateway there");
            }
        });
    }

    private void bad(String text, String fix) {
        findings.add(Finding.bad(router.name(), text, fix));
    }

    private void note(String text, String fix) {
        findings.add(Finding.note(router.name(), text, fix));
    }

    /** The examination of a router; empty if it need keep no connections. */
    static Optional<FlowExam> of(RouterSpec router, FlowPlan plan, Nft nft) {
        return plan.isEmpty() ? Optional.empty() : Optional.of(new FlowExam(router, plan, nft));
    }
}
