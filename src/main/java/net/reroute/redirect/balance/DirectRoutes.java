package net.reroute.redirect.balance;

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
import net.reroute.core.Frontend.Balanced;

/**
 * The rules of routing that lead marked packets to servers: for each next hop a table with one route, and a rule for its
 * mark. Mark and table have the same number.
 *
 * @param there the lines that need not be typed, since what they make is there
 */
record DirectRoutes(Set<String> there) {

    /** Before the main table (32766), and after that of local addresses (0). */
    private static final int PREFERENCE = 7200;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String END = "--";

    /** A shell script that shows what is there for these next hops. */
    static String look(Collection<Address> hops) {
        StringBuilder script = new StringBuilder();
        for (String family : List.of("-4", "-6")) {
            script.append("ip -j ").append(family).append(" rule show pref ").append(PREFERENCE).append("; echo ")
                    .append(END).append("\n");
        }
        // a table that nothing was ever put into is an error for ip
        tables(hops).forEach((table, hop) -> script.append("shown=$(ip -j ").append(family(hop))
                .append(" route show table ").append(table)
                .append(" 2>/dev/null) || shown='[]'; echo \"$shown\"; echo ")
                .append(END).append("\n"));
        return script.toString();
    }

    private static Map<Long, Address> tables(Collection<Address> hops) {
        Map<Long, Address> tables = new TreeMap<>();
        hops.forEach(h -> tables.put(Balanced.mark(h), h));
        return tables;
    }

    private static String family(Address hop) {
        return hop.v6() ? "-6" : "-4";
    }

    /** @throws IllegalArgumentException if the answer to {@link #look} is not understood */
    static DirectRoutes read(String text, Collection<Address> hops) {
        try {
            String[] parts = text.split("(?m)^" + END + "$\n?");
            Map<Long, Address> tables = tables(hops);
            if (parts.length < 2 + tables.size()) {
                throw new IllegalArgumentException("its answer about rules of routing ends early");
            }
            Set<String> there = new HashSet<>();
            for (int i = 0; i < 2; i++) {
                String family = i == 0 ? "-4" : "-6";
                nodes(parts[i]).forEach(r -> there.add(rule(family, Long.decode(r.path("fwmark").asText("0")),
                        r.path("table").asText())));
            }
            int next = 2;
            for (Map.Entry<Long, Address> table : tables.entrySet()) {
                JsonNode routes = nodes(parts[next++]);
                if (routes.size() == 1 && isTo(routes.path(0), table.getValue())) {
                    there.add(route(table.getValue()));
                }
            }
            return new DirectRoutes(there);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("its answer is not understood: " + e.getOriginalMessage(), e);
        }
    }

    private static JsonNode nodes(String text) throws JacksonException {
        return JSON.readTree(text.isBlank() ? "[]" : text);
    }

    private static boolean isTo(JsonNode route, Address hop) {
        return route.path("dst").asText().equals("default")
                && route.path("gateway").asText().equals(hop.bare().toString())
                && (hop.zone().isEmpty() || route.path("dev").asText().equals(hop.zone()));
    }

    private static String rule(String family, long mark, String table) {
        return "ip " + family + " rule add pref " + PREFERENCE + " fwmark " + mark + " lookup " + table;
    }

    private static String route(Address hop) {
        return "ip " + family(hop) + " route replace default via " + hop.bare()
                + (hop.zone().isEmpty() ? "" : " dev " + hop.zone()) + " table " + Balanced.mark(hop);
    }

    /** The lines that are missing for these next hops. */
    List<String> missing(Collection<Address> hops) {
        List<String> lines = new ArrayList<>();
        tables(hops).forEach((mark, hop) -> {
            lines.add(route(hop));
            lines.add(rule(family(hop), mark, String.valueOf(mark)));
        });
        lines.removeAll(there);
        return lines;
    }
}
