package net.reroute.operations;

import java.util.List;

/**
 * A server in maintenance.
 *
 * @param moves of the services that it carried
 * @param unread routers that cannot be read, so that what they still send to it is unknown
 */
public record DrainReport(String server, MoveReport moves, List<String> unread) {}
