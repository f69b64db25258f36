package net.reroute.simulation.cli;

import java.util.List;
import java.util.Map;

/**
 * The templates of a device's routing table. Placeholders: {@code {prefix} {network} {hop} {link} {address} {distance}
 * {count} {vrf}}, {@code {blank}} blanks as wide as the prefix, {@code {star}} an asterisk for a default route,
 * {@code {padded}} the prefix in 19 columns, {@code {instance}} a VRF and a dot.
 *
 * @param head above the table
 * @param first a prefix and its first next hop
 * @param more each further next hop
 * @param unused a configured route that is not in use; empty if those are not shown
 * @param entry heading in the answer to a lookup; empty if that looks like the table
 * @param hop each next hop in the answer to a lookup
 * @param tail end of the answer to a lookup
 * @param attached the answer to a lookup in a connected network
 * @param nothing the answer to a lookup without a result
 */
record TableFormat(String head, String first, String more, String unused, String entry, String hop, String tail,
        String attached, String nothing) {

    /** A format in which a lookup looks like the table. */
    static TableFormat plain(String head, String first, String more, String attached, String nothing) {
        return new TableFormat(head, first, more, "", "", "", "", head + attached, head + nothing);
    }

    static List<String> fill(String template, Map<String, String> values) {
        String text = template;
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("{" + value.getKey() + "}", value.getValue());
        }
        return text.lines().toList();
    }
}
