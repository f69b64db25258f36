package net.reroute.operations;

import java.util.List;

/**
 * A server in maintenance.
 *
 * @param moves of the services that it carried
 * @param unread routers that cannot be read: they may still send traffic to it
 */
public record DrainReport(String server, MoveReport moves, List<String> unread) {}
