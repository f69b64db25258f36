package net.reroute.redirect.nft;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.reroute.core.Address;
import net.reroute.core.IpBatch;
import net.reroute.redirect.RedirectException;
import net.reroute.ssh.Shell.Output;

/**
 * The rules of routing that lead marked packets to next hops: for each next hop a table with one route, and a rule for
 * its mark.
 *
 * @param rules all that there are
 * @param routes of the tables that were asked for, by number; of one that cannot be shown there are none
 */
public record MarkedRoutes(List<Rule> rules, Map<Long, List<Route>> routes) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long WHOLE = 0xffff_ffffL;
    private static final String END = "=-=end=-=";
    /** The number that reroute writes on its routes. */
    private static final String OURS = "201";

    public static final MarkedRoutes NONE = new MarkedRoutes(List.of(), Map.of());

    /**
     * A rule for marked packets.
     *
     * @param mask of the mark; all ones for a whole one
     * @param table as ip names it
     */
    public record Rule(boolean v6, int preference, long mark, long mask, String table) {

        String line(String verb) {
            return "ip " + family(v6) + " rule " + verb + " pref " + preference + " fwmark "
                    + (mask == WHOLE ? mark : "0x" + Long.toHexString(mark) + "/0x" + Long.toHexString(mask))
                    + " lookup " + table;
        }

        /** The line that takes it away. */
        public String gone() {
            return line("del");
        }
    }

    /** A route in a table. */
    public record Route(boolean v6, String to, String via, String device, String protocol) {

        private boolean leadsTo(Address hop) {
            return to.equals("default") && via.equals(hop.bare().toString()) && v6 == hop.v6()
                    && (hop.zone().isEmpty() || device.equals(hop.zone()));
        }

        /** True if reroute made it. */
        public boolean isOurs() {
            return protocol.equals(OURS) && to.equals("default");
        }
    }

    /** What leads packets with a mark to a next hop. */
    public record Lead(Address hop, int preference, long mark, long mask, long table) {

        /** For a whole mark. */
        public Lead(Address hop, int preference, long mark) {
            this(hop, preference, mark, WHOLE, mark);
        }

        public Rule rule() {
            return new Rule(hop.v6(), preference, mark, mask, String.valueOf(table));
        }

        String route() {
            return "ip " + family(hop.v6()) + " route replace default via " + hop.bare()
                    + (hop.zone().isEmpty() ? "" : " dev " + hop.zone()) + " table " + table + " proto " + OURS;
        }
    }

    private static String family(boolean v6) {
        return v6 ? "-6" : "-4";
    }

    // ---- looking -------------------------------------------------------------------------------------------------

    /**
     * Looks at all rules and at these tables.
     *
     * @throws RedirectException also if the answer is not understood; then it is a refusal
     */
    public static MarkedRoutes look(Nft router, Collection<Long> tables) throws RedirectException {
        StringBuilder script = new StringBuilder();
        List<Long> sorted = tables.stream().sorted().distinct().toList();
        for (boolean v6 : List.of(false, true)) {
            script.append("ip -j ").append(family(v6)).append(" rule show; echo ").append(END).append("\n");
            if (!sorted.isEmpty()) { // a table that nothing was ever put into is an error for ip
                script.append("timeout 3 ip -j -d ").append(family(v6)).append(" -force -batch - <<'").append(END)
                        .append("' 2>&1\n");
                sorted.forEach(t -> script.append("route show table ").append(t).append("\n"));
                script.append(END).append("\n");
            }
            script.append("echo ").append(END).append("\n");
        }
        Output answer = router.run(script.toString());
        try {
            return read(answer.out(), sorted);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new RedirectException(true, "its rules of routing are not understood: " + e.getMessage(), e);
        }
    }

    static MarkedRoutes read(String text, List<Long> tables) throws JacksonException {
        String[] parts = text.split("(?m)^" + END + "$\n?", -1);
        if (parts.length < 4) {
            throw new IllegalArgumentException("the answer ends early");
        }
        List<Rule> rules = new ArrayList<>();
        Map<Long, List<Route>> routes = new TreeMap<>();
        for (int i = 0; i < 2; i++) {
            boolean v6 = i == 1;
            nodes(parts[2 * i]).forEach(r -> rules.add(new Rule(v6, r.path("priority").asInt(),
                    Long.decode(r.path("fwmark").asText("0")),
                    r.has("fwmark") ? Long.decode(r.path("fwmask").asText("0x" + Long.toHexString(WHOLE))) : 0,
                    r.path("table").asText())));
            routes(parts[2 * i + 1], tables, v6, routes);
        }
        return new MarkedRoutes(rules.stream().filter(r -> r.mask() != 0).toList(), routes);
    }

    /** One answer for each table, in order: a list, or a complaint in the place of one. */
    private static void routes(String text, List<Long> tables, boolean v6, Map<Long, List<Route>> routes)
            throws JacksonException {
        Set<Integer> failed = IpBatch.complaints(text).keySet();
        List<String> lists = text.lines().filter(l -> l.startsWith("[")).toList();
        if (lists.size() + failed.size() != tables.size()) {
            throw new IllegalArgumentException(tables.size() + " tables were asked for, and not as many answered");
        }
        int next = 0;
        for (int i = 0; i < tables.size(); i++) {
            List<Route> its = routes.computeIfAbsent(tables.get(i), t -> new ArrayList<>());
            if (!failed.contains(i + 1)) {
                nodes(lists.get(next++)).forEach(r -> its.add(new Route(v6, r.path("dst").asText(),
                        r.path("gateway").asText(), r.path("dev").asText(), r.path("protocol").asText())));
            }
        }
    }

    private static JsonNode nodes(String text) throws JacksonException {
        return JSON.readTree(text.isBlank() ? "[]" : text);
    }

    // ---- comparing -----------------------------------------------------------------------------------------------

    /** The lines that are missing. Routes come first: a rule without one would lead nowhere. */
    public List<String> missing(Collection<Lead> leads) {
        List<String> lines = new ArrayList<>();
        Set<Rule> there = new HashSet<>(rules);
        leads.stream().filter(l -> !isThere(l)).forEach(l -> lines.add(l.route()));
        leads.stream().map(Lead::rule).filter(r -> !there.contains(r)).forEach(r -> lines.add(r.line("add")));
        return lines;
    }

    private boolean isThere(Lead lead) {
        List<Route> its = routes.getOrDefault(lead.table(), List.of()).stream()
                .filter(r -> r.v6() == lead.hop().v6()).toList();
        return its.size() == 1 && its.getFirst().leadsTo(lead.hop());
    }
}
