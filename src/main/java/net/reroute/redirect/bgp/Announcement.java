package net.reroute.redirect.bgp;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.reroute.core.Prefix;
import net.reroute.redirect.RedirectException;

/**
 * What a speaker says of a prefix.
 *
 * @param is what its configuration says
 * @param map the route-map of the line; empty if it has none
 * @param told how many neighbours it is advertised to
 * @param otherwise true if the speaker originates it without a line of configuration, as by redistribution
 */
record Announcement(Is is, String map, int told, boolean otherwise) {

    /** AS_IS: announced. WORSE: announced so that others are preferred. NOT: not announced. */
    enum Is {
        AS_IS, WORSE, NOT
    }

    /** Only reroute has a route-map of this name. */
    static final String WORSE = "reroute-worse";

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads it.
     *
     * @param config the running configuration
     * @param asn of the instance
     * @param paths the JSON of {@code show bgp ... PREFIX json}; an empty object if there is none
     */
    static Announcement read(String config, String asn, Prefix prefix, String paths) throws RedirectException {
        String line = network(config, asn, prefix);
        String map = line.contains(" route-map ") ? line.replaceAll(".* route-map ", "").strip() : "";
        try {
            JsonNode json = JSON.readTree(paths.isBlank() ? "{}" : paths);
            boolean local = false;
            for (JsonNode path : json.path("paths")) {
                local |= path.path("sourced").asBoolean() || path.path("local").asBoolean();
            }
            int told = json.path("advertisedTo").size();
            if (line.isEmpty()) {
                return new Announcement(Is.NOT, "", local ? told : 0, local);
            }
            return new Announcement(map.equals(WORSE) ? Is.WORSE : Is.AS_IS, map, told, false);
        } catch (JacksonException e) {
            throw new RedirectException(true, "what it says of " + prefix + " is not understood: "
                    + e.getOriginalMessage(), e);
        }
    }

    /** The line for the prefix within the instance; empty if there is none. */
    private static String network(String config, String asn, Prefix prefix) {
        boolean within = false;
        Pattern wanted = Pattern.compile("\\s+network " + Pattern.quote(prefix.toString()) + "(\\s.*)?");
        for (String line : config.split("\n")) {
            if (!line.startsWith(" ")) {
                within = line.strip().equals("router bgp " + asn) || within && line.strip().isEmpty();
            }
            Matcher match = wanted.matcher(line);
            if (within && match.matches()) {
                return line.strip();
            }
        }
        return "";
    }

    /** True if neighbours know of it as the configuration says. */
    boolean isSettled(Is wanted) {
        return is == wanted && (wanted == Is.NOT ? told == 0 : told > 0);
    }
}
