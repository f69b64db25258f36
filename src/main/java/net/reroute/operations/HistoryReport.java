package net.reroute.operations;

import java.util.List;
import java.util.Optional;
import net.reroute.journal.JournalRow;

/**
 * Rows of the journal.
 *
 * @param rows oldest first
 * @param missing why some or all rows are missing; empty if none is
 */
public record HistoryReport(List<JournalRow> rows, Optional<String> missing) {}
