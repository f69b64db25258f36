package net.reroute.operations;

import java.util.List;

/**
 * The text of a DNS zone.
 *
 * @param lines of a zone file
 */
public record ZoneReport(String zone, List<String> lines) {

    public ZoneReport {
        lines = List.copyOf(lines);
    }
}
