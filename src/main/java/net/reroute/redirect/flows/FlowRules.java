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
    private static final String FLAGS = "tcp flags & (fin | syn | rst | ack)";

    static FlowRules of(FlowPlan plan, Map<Address, Integer> slots, FlowMarks marks) {
        FlowRules rules = new FlowRules(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        rules.sets(plan, slots);
        rules.chains(slots, marks);
        return rules;
    }

    /** True for a set that changes with the health of servers and the passing of time. */
    static boolean isOfNow(String set) {
        return set.startsWith("ended") || set.startsWith("over") || set.startsWith("watched");
    }

    /** The name of the set of prefixes whose connections end wherever the route does not lead. */
    static String over(Prefix prefix) {
        return "over" + number(prefix);
    }

    /** The name of the set of prefixes of which any connections end: most packets need no other lookup. */
    static String watched(Prefix prefix) {
        return "watched" + number(prefix);
    }

    private static String number(Prefix prefix) {
        return prefix.network().v6() ? "6" : "4";
    }

    private void sets(FlowPlan plan, Map<Address, Integer> slots) {
        Stream.of("marked4", "marked6", "watched4", "watched6", "over4", "over6")
                .forEach(s -> sets.put(s, new TreeSet<>()));
        slots.values().forEach(slot -> sets.put(ended(slot), new TreeSet<>()));
        plan.services().stream().map(k -> k.service().prefix()).forEach(p -> sets.get("marked" + number(p)).add(p));
    }

    private void chains(Map<Address, Integer> slots, FlowMarks marks) {
        String none = " and 0x" + Long.toHexString(marks.others());
        String anew = "ct mark set ct mark" + none;
        String leaving = "0x" + Long.toHexString(marks.leaving());
        String field = " and 0x" + Long.toHexString(marks.mask());
        chains.put("anew", new Chain(Optional.empty(), List.of(anew + " accept")));
        chains.put("leave", new Chain(Optional.empty(), List.of("meta mark set meta mark" + none + " or " + leaving
                + " accept")));
        chains.put("end", new Chain(Optional.empty(), List.of(FLAGS + " == syn goto anew",
                "tcp flags & rst == 0 reject with tcp reset", "meta l4proto { tcp, icmp, ipv6-icmp } accept",
                anew + " accept")));
        Stream.of("toward", "back", "left", "hops4", "hops6").forEach(m -> maps.put(m, new LinkedHashMap<>()));
        slots.forEach((hop, slot) -> {
            String mark = " or 0x" + Long.toHexString(marks.mark(slot));
            maps.get(hop.v6() ? "hops6" : "hops4").put(hop.bare().toString(), "first" + slot);
            maps.get("toward").put(String.valueOf(marks.mark(slot)), "later" + slot);
            maps.get("back").put(String.valueOf(marks.reversed(slot)), "later" + slot);
            maps.get("left").put(String.valueOf(marks.mark(slot)), "left" + slot);
            maps.get("left").put(String.valueOf(marks.reversed(slot)), "left" + slot);
            chains.put("first" + slot, new Chain(Optional.empty(), List.of(
                    "ct direction original ct mark set ct mark" + none + mark,
                    "ct direction reply ct mark set ct mark" + none + " or 0x"
                            + Long.toHexString(marks.reversed(slot)))));
            later(hop, slot, "meta mark set meta mark" + none + mark);
        });
        List<String> arrival = List.of("ct direction original ct mark" + field + " vmap @toward",
                "ct direction reply ct mark" + field + " vmap @back");
        chains.put("arrival", new Chain(Optional.of(ARRIVAL), arrival));
        chains.put("own", new Chain(Optional.of(OWN), arrival));
        chains.put("first", new Chain(Optional.empty(), List.of("ip daddr @marked4 rt ip nexthop vmap @hops4",
                "ip6 daddr @marked6 rt ip6 nexthop vmap @hops6")));
        chains.put("forwarded", new Chain(Optional.of(FORWARD), List.of("ct mark" + field + " == 0 jump first",
                "meta mark" + field + " == " + leaving + " ct mark" + field + " vmap @left")));
    }

    /**
     * Packets of connections whose server was left for good follow the route. If it leads elsewhere, they are answered
     * with a reset; if it leads there again, nothing happens to them. A reset of the client's goes to the old server,
     * which would keep the connection otherwise. A connection that begins may reuse the ports of one that was never closed.
     * One that belongs to another, like those of FTP, has the other's mark, and may lead to the client.
     */
    private void later(Address hop, int slot, String lead) {
        String to = family(hop) + " daddr ";
        String number = hop.v6() ? "6" : "4";
        chains.put("lead" + slot, new Chain(Optional.empty(), List.of(lead + " accept")));
        chains.put("later" + slot, new Chain(Optional.empty(), List.of(
                FLAGS + " vmap { syn : goto anew, rst : goto lead" + slot + ", rst | ack : goto lead" + slot + " }",
                "ct status expected " + to + "!= @marked" + number + " return",
                to + "@watched" + number + " goto watch" + slot, lead)));
        chains.put("watch" + slot, new Chain(Optional.empty(), List.of(to + "@over" + number + " goto leave",
                to + "@" + ended(slot) + " goto leave", lead)));
        chains.put("left" + slot, new Chain(Optional.empty(),
                List.of("rt " + family(hop) + " nexthop != " + hop.bare() + " goto end")));
    }

    private static String family(Address hop) {
        return hop.v6() ? "ip6" : "ip";
    }

    /** A mark of a rule's text, by which it is known again. */
    static String comment(String rule) {
        return "reroute " + Integer.toHexString(rule.hashCode());
    }

    /**
     * The lines that define all of it anew, with what has ended.
     *
     * @param there true if there is such a table, whatever it holds
     */
    List<String> lines(Map<String, Set<Prefix>> endings, boolean there) {
        List<String> lines = new ArrayList<>(
                there ? List.of("delete table " + TABLE, "add table " + TABLE) : List.of("add table " + TABLE));
        sets.forEach((name, prefixes) -> {
            Set<Prefix> elements = isOfNow(name) ? endings.getOrDefault(name, Set.of()) : prefixes;
            lines.add("add set " + TABLE + " " + name + " { type " + type(name) + "; flags interval;"
                    + (elements.isEmpty() ? "" : " elements = " + braces(elements) + ";") + " }");
        });
        chains.forEach((name, chain) -> lines.add("add chain " + TABLE + " " + name
                + chain.hook().map(h -> " { " + h.text() + " }").orElse("")));
        maps.forEach((name, leads) -> lines.add("add map " + TABLE + " " + name + " { type "
                + (name.startsWith("hops") ? type(name) : "mark") + " : verdict;" + (leads.isEmpty()
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
    private String type(String name) {
        boolean v6 = name.startsWith("ended")
                ? maps.get("hops6").containsValue(name.replace("ended", "first"))
                : name.endsWith("6");
        return v6 ? "ipv6_addr" : "ipv4_addr";
    }
}
