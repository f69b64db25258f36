package net.reroute.operations;

import java.util.List;
import net.reroute.core.Intent;

/**
 * The end of a maintenance.
 *
 * @param was whether there was a maintenance, begun or planned
 * @param cancelled planned maintenances that will not begin; if there are any, nothing else was done
 * @param moves of services that came back at once
 */
public record UndrainReport(String server, boolean was, List<Intent> cancelled, MoveReport moves) {}
