package net.reroute.redirect.flows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.reroute.core.Address;
import net.reroute.core.FlowMarks;
import net.reroute.core.FlowPlan;
import net.reroute.core.Flows;
import net.reroute.core.Prefix;

/**
 * What reroute's table for connections should be. The first packet of a connection to a service gives it the mark of the
 * next hop that the routing table chose; the mark leads all its later packets there, wherever the route then points.
 *
 * <p>A connection whose first packet came from a server (there are such when tracking begins, nf_conntrack(7),
 * nf_conntrack_tcp_loose) has client and server the other way round, and a mark that says so.
 *
 * @param sets prefixes, by the name of the set
 * @param maps chains, by the name of the map and what leads to them
 * @param chains by name
 */
record FlowRules(Map<String, Set<Prefix>> sets, Map<String, Map<String, String>> maps, Map<String, Chain> chains) {

    static final String TABLE = "inet reroute_flows";

    /** The name of the set of prefixes whose connections to the next hop of a slot end. */
    static String ended(int slot) {
        return "ended" + slot;
    }

    /**
     * @param hook where packets enter it; empty if another chain leads there
     */
    record Chain(Optional<Hook> hook, List<String> rules) {}

    /** @param priority after that of mangle (-150), where others write whole marks */
    record Hook(String type, String name, int priority) {

        private String text() {
            return "type " + type + " hook " + name + " priority " + priority + "; policy accept;";
        }
    }

    private static final Hook ARRIVAL = new Hook("filter", "prerouting", -149);
    private static final Hook FORWARD = new Hook("filter", "forward", -149);
    /** The router's own errors ("fragmentation needed") belong to connections, too. */
    private static final Hook OWN = new Hook("route", "output", -149);
    private static final String FLAGS = "tcp flags & (fin | syn | rst | ack) == syn ";

    static FlowRules of(FlowPlan plan, Map<Address, Integer> slots, FlowMarks marks) {
        FlowRules rules = new FlowRules(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        rules.sets(plan, slots);
        rules.chains(plan.services().stream().anyMatch(k -> k.flows().mode() == Flows.Mode.CUT), slots, marks);
        return rules;
    }

    private void sets(FlowPlan plan, Map<Address, Integer> slots) {
        Stream.of("marked4", "marked6", "cut4", "cut6").forEach(s -> sets.put(s, new TreeSet<>()));
        slots.values().forEach(slot -> sets.put(ended(slot), new TreeSet<>()));
        plan.services().forEach(kept -> {
            Prefix prefix = kept.service().prefix();
            String family = prefix.network().v6() ? "6" : "4";
            sets.get("marked" + family).add(prefix);
            if (kept.flows().mode() == Flows.Mode.CUT) {
                sets.get("cut" + family).add(prefix);
            }
        });
    }

    private void chains(boolean cuts, Map<Address, Integer> slots, FlowMarks marks) {
        String field = "0x" + Long.toHexString(marks.mask());
        String none = " and 0x" + Long.toHexString(marks.others());
        String anew = "ct mark set ct mark" + none;
        chains.put("anew", new Chain(Optional.empty(), List.of(anew + " accept")));
        // A reset from the client is for the server, which would keep the connection otherwise.
        chains.put("end", new Chain(Optional.empty(), List.of(FLAGS + "goto anew",
                "tcp flags & rst == 0 reject with tcp reset", "meta l4proto != tcp " + anew + " accept")));
        Stream.of("toward", "back", "cuts", "hops4", "hops6").forEach(m -> maps.put(m, new LinkedHashMap<>()));
        slots.forEach((hop, slot) -> {
            String mark = " or 0x" + Long.toHexString(marks.mark(slot));
            maps.get(hop.v6() ? "hops6" : "hops4").put(hop.bare().toString(), "first" + slot);
            maps.get("toward").put(String.valueOf(marks.mark(slot)), "later" + slot);
            maps.get("back").put(String.valueOf(marks.reversed(slot)), "later" + slot);
            chains.put("first" + slot, new Chain(Optional.empty(), List.of(
                    "ct direction original ct mark set ct mark" + none + mark,
                    "ct direction reply ct mark set ct mark" + none + " or 0x"
                            + Long.toHexString(marks.reversed(slot)))));
            chains.put("later" + slot, new Chain(Optional.empty(), later(cuts, hop, slot, "meta mark set meta mark"
                    + none + mark)));
            if (cuts) {
                maps.get("cuts").put(String.valueOf(marks.mark(slot)), "cut" + slot);
                maps.get("cuts").put(String.valueOf(marks.reversed(slot)), "cut" + slot);
                chains.put("cut" + slot, new Chain(Optional.empty(), List.of(family(hop) + " daddr @cut"
                        + (hop.v6() ? "6" : "4") + " rt " + family(hop) + " nexthop != " + hop.bare() + " jump end")));
            }
        });
        String slot = "ct mark and " + field;
        List<String> arrival = List.of("ct direction original " + slot + " vmap @toward",
                "ct direction reply " + slot + " vmap @back");
        chains.put("arrival", new Chain(Optional.of(ARRIVAL), arrival));
        chains.put("own", new Chain(Optional.of(OWN), arrival));
        List<String> forward = new ArrayList<>();
        for (String family : List.of("ip", "ip6")) {
            String number = family.equals("ip") ? "4" : "6";
            forward.add(slot + " == 0 " + family + " daddr @marked" + number + " rt " + family + " nexthop vmap @hops"
                    + number);
        }
        if (cuts) {
            forward.add(slot + " vmap @cuts");
        }
        chains.put("forwarded", new Chain(Optional.of(FORWARD), forward));
    }

    /** A connection that begins may reuse the addresses and ports of one that was never closed. */
    private static List<String> later(boolean cuts, Address hop, int slot, String lead) {
        List<String> rules = new ArrayList<>(List.of(FLAGS + "goto anew",
                family(hop) + " daddr @" + ended(slot) + " jump end", lead));
        if (cuts) {
            rules.add(1, family(hop) + " daddr @cut" + (hop.v6() ? "6" : "4") + " return");
        }
        return rules;
    }

    private static String family(Address hop) {
        return hop.v6() ? "ip6" : "ip";
    }

    /** A mark of a rule's text, by which it is known again. */
    static String comment(String rule) {
        return "reroute " + Integer.toHexString(rule.hashCode());
    }

    /** The lines that define all of it anew, whatever was there, with what has ended. */
    List<String> lines(Map<String, Set<Prefix>> endings) {
        List<String> lines = new ArrayList<>(List.of("delete table " + TABLE, "add table " + TABLE));
        sets.forEach((name, prefixes) -> {
            Set<Prefix> elements = name.startsWith("ended") ? endings.getOrDefault(name, Set.of()) : prefixes;
            lines.add("add set " + TABLE + " " + name + " { type " + type(name, elements) + "; flags interval;"
                    + (elements.isEmpty() ? "" : " elements = " + braces(elements) + ";") + " }");
        });
        chains.forEach((name, chain) -> lines.add("add chain " + TABLE + " " + name
                + chain.hook().map(h -> " { " + h.text() + " }").orElse("")));
        maps.forEach((name, leads) -> lines.add("add map " + TABLE + " " + name + " { type "
                + (name.startsWith("hops") ? type(name, Set.of()) : "mark") + " : verdict;" + (leads.isEmpty()
                        ? ""
                        : " elements = { " + leads.entrySet().stream().map(e -> e.getKey() + " : goto " + e.getValue())
                                .collect(Collectors.joining(", ")) + " };")
                + " }"));
        chains.forEach((name, chain) -> chain.rules().forEach(r -> lines.add("add rule " + TABLE + " " + name + " " + r
                + " comment \"" + comment(r) + "\"")));
        return lines;
    }

    static String braces(Set<Prefix> prefixes) {
        return "{ " + prefixes.stream().map(Prefix::toString).collect(Collectors.joining(", ")) + " }";
    }

    /** Sets of what has ended have the family of their next hop. */
    private String type(String name, Set<Prefix> elements) {
        boolean v6 = name.startsWith("ended")
                ? maps.get("hops6").containsValue(name.replace("ended", "first"))
                : name.endsWith("6");
        return v6 ? "ipv6_addr" : "ipv4_addr";
    }
}
