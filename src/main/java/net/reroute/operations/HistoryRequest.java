package net.reroute.operations;

import java.time.Instant;
import java.util.List;
import net.reroute.journal.JournalRow;

/**
 * Which part of the history is wanted.
 *
 * @param of names and patterns of services, servers and routers; empty: all
 * @param kinds of rows; empty: all
 */
public record HistoryRequest(Instant since, List<String> of, List<String> kinds) {

    public HistoryRequest {
        of = List.copyOf(of);
        kinds = List.copyOf(kinds);
    }

    /** The whole history since a time. */
    public static HistoryRequest since(Instant since) {
        return new HistoryRequest(since, List.of(), List.of());
    }

    boolean wants(JournalRow row) {
        boolean kind = kinds.isEmpty() || kinds.contains(row.kind());
        return kind && (of.isEmpty() || of.stream().anyMatch(pattern -> isAbout(row, pattern)));
    }

    /** By its subject, or by a name in a moved service's text: a move is about both its servers. */
    private static boolean isAbout(JournalRow row, String pattern) {
        return !Glob.among(List.of(row.subject()), pattern).isEmpty()
                || List.of(row.text().split("[ :;,()+\\[\\]]+")).contains(pattern);
    }
}
