package net.reroute.notify;

import java.util.Map;

/**
 * A problem that people were told of and that is not over.
 *
 * @param event that began it
 * @param about by kind: service, server, check, router
 */
public record OpenProblem(String event, Map<String, String> about) {}
