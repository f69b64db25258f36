package net.reroute.simulation.cli;

import java.util.List;
import java.util.Map;

/**
 * How a device words its routing table. Filled in: {@code {prefix} {network} {hop} {link} {address} {distance} {count}
 * {vrf}}, {@code {blank}} as wide as the prefix, {@code {star}} for a default route, {@code {padded}} the prefix in 19
 * columns, {@code {instance}} a VRF and a dot.
 *
 * @param head above the table
 * @param first a prefix and its first next hop
 * @param more each further next hop
 * @param unused a route that is written and not used; empty if those are not shown
 * @param entry above the next hops, where one address is asked for; empty if that is worded like the table
 * @param hop each next hop then
 * @param tail below these
 * @param attached an address of a connected network is asked for
 * @param nothing nothing is known of an address
 */
record TableFormat(String head, String first, String more, String unused, String entry, String hop, String tail,
        String attached, String nothing) {

    /** One that words a single address like the table. */
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
