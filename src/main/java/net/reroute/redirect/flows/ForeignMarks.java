package net.reroute.redirect.flows;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.reroute.core.FlowMarks;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.nft.Nft;
import net.reroute.ssh.Shell.Output;

/**
 * The marks that rules of others set or ask for.
 *
 * @param places where they stand, by mark
 */
public record ForeignMarks(Map<Long, String> places) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OURS = "reroute";
    /** Options of iptables' MARK, CONNMARK, mark and connmark, iptables-extensions(8). */
    private static final Pattern IPTABLES = Pattern
            .compile("(?m)^-A (\\S+).*? --(?:set-)?x?mark (0x[0-9a-f]+|\\d+)(?:/(0x[0-9a-f]+))?");

    /** Reads them. An answer that is not understood tells of none. */
    public static ForeignMarks read(Nft router) throws RedirectException {
        Map<Long, String> places = new TreeMap<>();
        Output nft = router.ruleset();
        try {
            JSON.readTree(nft.out().isBlank() ? "{}" : nft.out()).path("nftables").forEach(o -> {
                JsonNode rule = o.path("rule");
                if (!rule.path("table").asText().startsWith(OURS)) {
                    rule.path("expr").forEach(e -> rule(e, "chain " + rule.path("chain").asText() + " of table "
                            + rule.path("family").asText() + " " + rule.path("table").asText(), places));
                }
            });
        } catch (JacksonException e) {
            // what a tool of the admin's wrote and nft cannot show is no reason to keep no connections
        }
        Matcher matcher = IPTABLES
                .matcher(router.run("timeout 1 " + router.sudo() + "iptables-save -t mangle 2>/dev/null; "
                        + "timeout 1 " + router.sudo() + "ip6tables-save -t mangle 2>/dev/null; :\n").out());
        while (matcher.find()) {
            places.put(Long.decode(matcher.group(2)), "chain " + matcher.group(1) + " of iptables");
        }
        return new ForeignMarks(places);
    }

    private static void rule(JsonNode expression, String place, Map<Long, String> places) {
        JsonNode set = expression.path("mangle");
        JsonNode match = expression.path("match");
        if (isMark(set.path("key"))) {
            numbers(set.path("value"), place, places);
        } else if (isMark(match.path("left"))
                || match.path("left").path("&").valueStream().anyMatch(ForeignMarks::isMark)) {
            numbers(match.path("right"), place, places);
        }
    }

    private static boolean isMark(JsonNode key) {
        return key.path("meta").path("key").asText().equals("mark")
                || key.path("ct").path("key").asText().equals("mark");
    }

    private static void numbers(JsonNode value, String place, Map<Long, String> places) {
        if (value.isIntegralNumber()) {
            places.put(value.asLong(), place);
        } else if (value.has("|")) {
            numbers(value.path("|").path(1), place, places); // before it stands the mask of what stays
        } else if (!value.has("&")) {
            value.forEach(v -> numbers(v, place, places));
        }
    }

    /** The slots that these marks have. */
    public Set<Integer> slots(FlowMarks marks) {
        return places.keySet().stream().map(marks::slot).filter(s -> s != 0)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
