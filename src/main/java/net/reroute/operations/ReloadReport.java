package net.reroute.operations;

import java.util.List;

/**
 * What a reload changes.
 *
 * @param changes one line each
 * @param dryRun true if the previous inventory stays in force
 */
public record ReloadReport(List<String> changes, boolean dryRun) {}
