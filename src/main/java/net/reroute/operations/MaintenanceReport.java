package net.reroute.operations;

import net.reroute.core.Intent;

/**
 * A planned maintenance.
 *
 * @param dryRun true if it was not planned in earnest
 */
public record MaintenanceReport(Intent window, boolean dryRun) {}
