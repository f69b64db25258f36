package net.reroute.core;

import java.util.List;
import java.util.Map;

/**
 * Playbooks and notifications.
 *
 * @param playbooks by name
 * @param channels by name
 * @param rules in the order written
 */
public record Reactions(Map<String, Playbook> playbooks, Map<String, Channel> channels, List<NotificationRule> rules) {

    public static final Reactions NONE = new Reactions(Map.of(), Map.of(), List.of());
}
