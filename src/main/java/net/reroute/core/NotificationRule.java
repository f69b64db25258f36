package net.reroute.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who is told what.
 *
 * @param name as the inventory calls it
 * @param to names of channels
 * @param least nothing below this
 * @param services only of these; empty: of all
 * @param servers only of these; empty: of all
 * @param quiet in these hours only what is critical is told; the rest waits for their end
 * @param group one message in so long
 */
public record NotificationRule(String name, List<String> to, Severity least, List<String> services,
        List<String> servers,
        Optional<Hours> quiet, Duration group) {

    public enum Severity {
        INFO, WARNING, CRITICAL
    }
}
