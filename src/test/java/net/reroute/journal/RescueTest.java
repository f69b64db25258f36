package net.reroute.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.reroute.core.Intent;
import org.junit.jupiter.api.Test;

/** Nothing that can be read of a damaged database is lost, whenever its rescue is cut off. */
class RescueTest extends OnJournal {

    private static final Intent PIN = Intent.pin("www-1", "host3", ANNA, Optional.empty(), false);
    private static final int ROWS = 400;
    /** A row of the test needs more than 300 of the 4,096 bytes of a page. */
    private static final int MOST_IN_A_PAGE = 13;

    private byte[] journal() throws Exception {
        PendingRow[] rows = new PendingRow[ROWS];
        Arrays.setAll(rows, i -> i == ROWS - 2 ? intent(PIN) : pending("row " + i + " " + "x".repeat(200)));
        write(rows);
        return Files.readAllBytes(state.resolve(JournalFormat.FILE));
    }

    private void damage(byte[] whole, int... pages) throws Exception {
        byte[] bad = whole.clone();
        for (int page : pages) {
            Arrays.fill(bad, page * 4096, (page + 1) * 4096, (byte) 0x5a);
        }
        Files.write(state.resolve(JournalFormat.FILE), bad);
    }

    private void examine() throws Exception {
        try (Journal journal = Journal.open(state)) {
            journal.examine();
        }
    }

    /** A journal with a bad page is found, and another put in its place. */
    private void rescueOne() throws Exception {
        byte[] whole = journal();
        damage(whole, whole.length / 4096 - 20);
        examine();
    }

    private long kept() throws Exception {
        try (JournalReader reader = JournalReader.open(state)) {
            return reader.since(NOW, 1000).stream().filter(e -> e.text().startsWith("row ")).count();
        }
    }

    private List<Path> aside() throws Exception {
        try (Stream<Path> files = Files.list(state)) {
            return files.filter(f -> f.getFileName().toString().contains(".damaged-")).toList();
        }
    }

    @Test
    void onlyWhatStandsInBadPagesIsLost() throws Exception {
        byte[] whole = journal();
        int pages = whole.length / 4096;
        damage(whole, pages - 20, pages - 15, pages - 14);
        try (Journal journal = Journal.open(state)) {
            journal.examine();
            assertThat(journal.complaints().getFirst()).contains("could be read, and are kept");
            assertThat(journal.complaints().stream().skip(1)).allMatch(c -> c.matches("rows \\d+ to \\d+ are missing"));
        }
        assertThat(kept()).isGreaterThanOrEqualTo(ROWS - 1 - 3 * MOST_IN_A_PAGE);
        assertThat(opened().intents()).containsExactly(PIN); // behind the gaps, and a row tells of them
        assertThat(opened().complaints()).isEmpty();
    }

    @Test
    void cutOffBetweenTheTwoMoves() throws Exception {
        rescueOne();
        long kept = kept();
        // As it is on the disk in the middle: the damaged one moved, the new one not yet.
        Files.move(state.resolve(JournalFormat.FILE), state.resolve(JournalFormat.FILE + ".new"));
        Files.writeString(state.resolve(JournalFormat.FILE + "-wal"), "of the damaged one");
        assertThat(opened().intents()).containsExactly(PIN);
        assertThat(kept()).isEqualTo(kept);
        assertThat(aside()).anyMatch(f -> f.toString().endsWith("-wal"));
    }

    @Test
    void cutOffInTheMiddleOfTheCopy() throws Exception {
        byte[] whole = journal();
        damage(whole, whole.length / 4096 - 20);
        Files.write(state.resolve(JournalFormat.FILE + ".new"), Arrays.copyOf(whole, 20_000));
        Files.writeString(state.resolve(JournalFormat.FILE + ".new-journal"), "half");
        examine();
        assertThat(kept()).isGreaterThanOrEqualTo(ROWS - 1 - MOST_IN_A_PAGE);
        assertThat(opened().intents()).containsExactly(PIN);
    }

    @Test
    void aRescuedJournalIsOfThisVersion() throws Exception {
        rescueOne();
        tableOfWishes();
        tamper("INSERT INTO wish (kind, name, server, who, why, at, stay) VALUES"
                + " ('PIN', 'www-2', 'host4', 'anna', '', '2020-01-01T05:00:00Z', 0)");
        assertThat(opened().intents()).containsExactly(PIN);
    }
}
