package net.reroute.core;

import java.util.List;
import java.util.Map;

/**
 * What is done, and who is told, when something happens.
 *
 * @param playbooks by name
 * @param channels by name
 * @param rules who is told what, in the order written
 */
public record Response(Map<String, Playbook> playbooks, Map<String, Channel> channels, List<TellRule> rules) {

    public static final Response NONE = new Response(Map.of(), Map.of(), List.of());
}
