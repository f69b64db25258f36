package net.reroute.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.inventory.BadInventoryException;
import net.reroute.journal.Anchors;
import net.reroute.journal.Head;
import net.reroute.journal.JournalReader;
import net.reroute.journal.JournalRow;

/** Reads the journal. */
record HistoryQuery(ControllerAccess access) {

    private static final int MOST = 1000;
    private static final int RECENT = 5;

    HistoryReport of(HistoryRequest wanted) throws IOException {
        try (JournalReader journal = access.journal()) {
            return new HistoryReport(journal.since(wanted.since(), MOST, wanted::wants), unwritten());
        }
    }

    /** The last five rows about a service or server. Never fails: an unreadable journal is reported in the result. */
    HistoryReport recent(String subject) {
        try (JournalReader journal = access.journal()) {
            List<JournalRow> rows = journal.since(Instant.EPOCH, MOST).stream()
                    .filter(e -> e.subject().equals(subject) && !e.kind().equals("begun")).toList();
            return new HistoryReport(rows.subList(Math.max(0, rows.size() - RECENT), rows.size()), unwritten());
        } catch (IOException e) {
            return new HistoryReport(List.of(), Optional.of(e.getMessage()));
        }
    }

    private Optional<String> unwritten() {
        return access.unwritten().map(why -> "the newest rows are missing here, the journal cannot be written (" + why
                + "); they are in the daemon's log, and are written when there is room");
    }

    VerificationReport verify(List<String> anchors) throws BadInventoryException, IOException {
        try (JournalReader journal = access.journal()) {
            List<Head> elsewhere = new ArrayList<>();
            for (String anchor : anchors) {
                elsewhere.add(Anchors.head(anchor));
            }
            for (String file : access.inventory().settings().anchors()) {
                if (file.startsWith("/") && Files.isReadable(Path.of(file))) {
                    elsewhere.addAll(Anchors.in(Path.of(file)));
                }
            }
            return new VerificationReport(journal.verify(elsewhere), elsewhere.size());
        }
    }
}
