package net.reroute.operations;

import java.util.List;

/**
 * What a reload changes.
 *
 * @param changes a line each
 * @param dryRun true if the inventory before stays in force
 */
public record ReloadReport(List<String> changes, boolean dryRun) {}
