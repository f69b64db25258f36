package net.reroute.notify;

import java.util.Map;

/**
 * A problem with an alert that is not resolved.
 *
 * @param event that began it
 * @param about by kind: service, server, check, router
 */
public record OpenProblem(String event, Map<String, String> about) {}
