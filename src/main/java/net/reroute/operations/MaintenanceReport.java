package net.reroute.operations;

import net.reroute.core.Wish;

/**
 * A planned maintenance.
 *
 * @param dryRun true if it was not planned in earnest
 */
public record MaintenanceReport(Wish window, boolean dryRun) {}
