package net.reroute.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which notifications go to which channels.
 *
 * @param name as in the inventory
 * @param to names of channels
 * @param least the lowest severity sent
 * @param services only events about these; empty: about any
 * @param servers only events about these; empty: about any
 * @param quiet hours in which only CRITICAL is sent; the rest is sent when they end
 * @param group at most one message in this time
 */
public record NotificationRule(String name, List<String> to, Severity least, List<String> services,
        List<String> servers,
        Optional<Hours> quiet, Duration group) {

    public enum Severity {
        INFO, WARNING, CRITICAL
    }
}
