package net.reroute.operations;

import java.util.List;
import java.util.Optional;

/**
 * A server in maintenance.
 *
 * @param moves of the services that it carried
 * @param unread routers that cannot be read: they may still send traffic to it
 * @param left its connections, after a wait for their end; empty without one
 */
public record DrainReport(String server, MoveReport moves, List<String> unread, Optional<ConnectionReport> left) {}
