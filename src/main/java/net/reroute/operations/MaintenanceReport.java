package net.reroute.operations;

import net.reroute.core.Intent;

/**
 * A planned maintenance.
 *
 * @param dryRun true if it was not actually planned
 */
public record MaintenanceReport(Intent window, boolean dryRun) {}
