package net.reroute.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Intent;
import net.reroute.core.Milestone.RowsForgotten;
import net.reroute.core.RecordedState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What somebody writes into the database beside reroute is not obeyed and is told, unless he makes the whole chain anew; and
 * whatever stands there, the daemon starts.
 */
class ForgedJournalTest extends OnJournal {

    private static final Intent PIN = Intent.pin("www-1", "host3", ANNA, Optional.empty(), false);
    private static final Intent OTHER = Intent.pin("www-2", "host4", ANNA, Optional.empty(), false);

    private void forge(long id, PendingRow row, String hash) throws SQLException {
        forge(row.row(id), hash);
    }

    private void forge(JournalRow row, String hash) throws SQLException {
        try (Connection db = connection()) {
            new JournalSchema(db).run("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row.id(),
                    row.at().toString(), row.kind(), row.actor(), row.subject(), row.text(), row.detail(), hash);
        }
    }

    private static String chained(String before, long id, PendingRow row) {
        return Chain.hash(before, row.row(id));
    }

    /** What is told when it is opened and looked through, and that it is told once. */
    private List<String> told() throws JournalException {
        List<String> told;
        try (Journal journal = Journal.open(state)) {
            journal.examine();
            told = journal.complaints();
        }
        try (Journal journal = Journal.open(state)) {
            journal.examine();
            assertThat(journal.complaints()).noneMatch(
                    c -> told.contains(c) && !c.contains("left out") && !c.contains("not obeyed"));
        }
        return told;
    }

    @Test
    void aChangedWishWhosePredecessorIsRemoved() throws Exception {
        write(pending("one"), pending("two"), intent(PIN), pending("four"));
        tamper("DELETE FROM entry WHERE id = 2");
        tamper("UPDATE entry SET detail = replace(detail, 'host3', 'host4') WHERE id = 3");
        Opened opened = opened();
        assertThat(opened.intents()).isEmpty();
        assertThat(opened.complaints()).anyMatch(c -> c.startsWith("row 2 is missing"));
        assertThat(told()).noneMatch(c -> c.startsWith("row 2 is missing")); // once
    }

    @Test
    void aWishFarBehindTheNewestRow() throws Exception {
        write(pending("one"), intent(PIN));
        forge(1000, intent(OTHER), "0".repeat(64));
        assertThat(told()).anyMatch(c -> c.startsWith("rows 3 to 999 are missing"));
        write("later");
        assertThat(opened().intents()).containsExactly(PIN);
    }

    @Test
    void aRowThatSaysItselfWhatItIsChainedTo() throws Exception {
        write(pending("one"), intent(PIN));
        PendingRow damage = Opening.damage("nothing", new Head(998, "0".repeat(64)), RecordedState.NOTHING);
        forge(999, damage, chained("0".repeat(64), 999, damage));
        forge(1000, intent(OTHER), chained(hash(999), 1000, intent(OTHER)));
        assertThat(told()).anyMatch(c -> c.startsWith("rows 3 to 998 are missing"));
        write("later");
        assertThat(opened().intents()).containsExactly(PIN);
    }

    @Test
    void aWishThatIsChangedTogetherWithItsHash() throws Exception {
        write(pending("one"), intent(PIN), pending("three"));
        tamper("UPDATE entry SET detail = replace(detail, 'host3', 'host4') WHERE id = 2");
        tamper("UPDATE entry SET hash = '" + hashOf(2, hash(1)) + "' WHERE id = 2");
        Opened opened = opened();
        assertThat(opened.intents()).isEmpty();
        assertThat(opened.complaints()).anyMatch(c -> c.startsWith("row 3 was changed, or the row before it removed;")
                && c.endsWith("are not obeyed until they are repeated: pin www-1 to host4"));
    }

    @Test
    void theNewestRowChangedTogetherWithItsHash() throws Exception {
        write(pending("one"), intent(PIN));
        tamper("UPDATE entry SET detail = replace(detail, 'host3', 'host4') WHERE id = 2");
        tamper("UPDATE entry SET hash = '" + hashOf(2, hash(1)) + "' WHERE id = 2");
        assertThat(told()).anyMatch(c -> c.startsWith("row 2 is not the one that the anchor knows"));
        write("later");
        assertThat(opened().intents()).isEmpty();
    }

    @Test
    void aRowThatForgetsWhatIsWished() throws Exception {
        write(pending("one"), intent(PIN), pending("three"), pending("four"));
        tamper("DELETE FROM entry WHERE id = 3");
        PendingRow forgets = new PendingRow(NOW, new RowsForgotten(3, "0".repeat(64),
                RecordedState.NOTHING.apply(intent(OTHER).record()), "x"));
        forge(4, forgets, chained("0".repeat(64), 4, forgets));
        assertThat(opened().intents()).doesNotContain(OTHER);
        assertThat(told()).isNotEmpty();
    }

    @Test
    void rowsThatAreAllRemovedTogetherWithTheAnchor() throws Exception {
        write(pending("one"), pending("two"));
        tamper("DELETE FROM entry");
        Files.delete(state.resolve(JournalFormat.ANCHOR));
        assertThat(told()).singleElement().asString().contains("its rows were removed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "DELETE FROM pruned"})
    void theTableOfWishesWhenTheMarksAreTakenOff(String more) throws Exception {
        write(pending("one"), intent(PIN), pending("three"));
        try (Journal journal = Journal.open(state)) {
            journal.prune(NOW.plusSeconds(1));
        }
        tamperWith(more.isEmpty() ? "SELECT 1" : more);
        tableOfWishes();
        tamper("INSERT INTO wish (kind, name, server, who, why, at, stay) VALUES"
                + " ('PIN', 'www-2', 'host4', 'anna', '', '2020-01-01T05:00:00Z', 0)");
        tamperWith("PRAGMA user_version = 0");
        tamperWith("PRAGMA application_id = 0");
        Path anchor = state.resolve(JournalFormat.ANCHOR);
        Files.writeString(anchor, Files.readString(anchor).replaceAll(" 2\n", "\n"));
        assertThat(opened().intents()).containsExactly(PIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "9223372036854775806", "2000000000000000", "-5"})
    void rowsWithNumbersThatNoRowHas(String id) throws Exception {
        write(pending("one"), intent(PIN));
        tamper("INSERT INTO entry SELECT " + id + ", at, kind, actor, subject, text, replace(detail, 'host3', 'host4'),"
                + " hash FROM entry WHERE id = 2");
        assertThat(told()).anyMatch(c -> c.contains("numbers that no row of a journal has"));
        write("later");
        assertThat(opened().intents()).containsExactly(PIN);
        try (JournalReader reader = JournalReader.open(state)) {
            assertThat(reader.since(NOW, 100)).extracting(JournalRow::text).contains("later");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "INSERT INTO play VALUES ('p', NULL)", "INSERT INTO play VALUES (NULL, 'x')",
            "INSERT INTO certificate VALUES ('c', NULL)", "INSERT INTO problem VALUES ('p', NULL)",
            "INSERT INTO outbox VALUES (NULL, NULL)", "INSERT INTO job VALUES (NULL, '')",
            "INSERT INTO placement VALUES (NULL, NULL, NULL, NULL, NULL)", "INSERT INTO seen VALUES (NULL, 'a', NULL)",
            "INSERT INTO ours VALUES ('www-1', NULL)", "INSERT INTO kept VALUES ('gw1', NULL, NULL, NULL)",
            "INSERT INTO takeover VALUES ('host9', NULL)", "INSERT INTO hardware VALUES (NULL, NULL, NULL)",
            "INSERT INTO begun VALUES ('www-1', NULL, NULL)",
            "INSERT INTO health VALUES ('host1', NULL, NULL, NULL, NULL)",
            "INSERT INTO placement VALUES ('www-9', '[', 'MOVED', '2026-01-01T05:00:00Z', '')",
            "INSERT INTO takeover VALUES (x'00ff', x'00ff')",
            "INSERT INTO wish (kind, name) VALUES (NULL, NULL)"})
    void emptyAndOddValuesInTables(String sql) throws Exception {
        journalOfTheFirstEdition("first-edition");
        tamper(sql);
        Opened opened = opened();
        assertThat(opened.intents()).hasSize(5);
        if (!sql.contains("x'")) {
            assertThat(opened.complaints()).singleElement().asString().contains("cannot be read and is left out");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NULL, 99", "1, NULL", "1, 'x'", "9223372036854775807, 'x'", "-1, ''", "NULL, NULL"})
    void oddMarksOfWhatIsForgotten(String values) throws Exception {
        write(intent(PIN));
        tamper("INSERT INTO pruned VALUES (1, " + values + ")");
        Opened opened = opened();
        assertThat(opened.intents()).containsExactly(PIN);
        write("later");
        assertThat(verify()).noneMatch(f -> f.contains("later"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hash = 'x'", "hash = ''", "at = 'yesterday'", "text = x'ff00ff'", "detail = '{'"})
    void oddNewestRows(String set) throws Exception {
        write(intent(PIN), pending("two"));
        tamper("UPDATE entry SET " + set + " WHERE id = 2");
        assertThat(told()).isNotEmpty();
        write("later");
        try (JournalReader reader = JournalReader.open(state)) {
            assertThat(reader.since(NOW, 100)).extracting(JournalRow::text).contains("later");
        }
    }

    @Test
    void anAnchorThatIsAFolder() throws Exception {
        write("one", "two");
        Files.delete(state.resolve(JournalFormat.ANCHOR));
        Files.createDirectories(state.resolve(JournalFormat.ANCHOR).resolve("x"));
        assertThat(verify()).anyMatch(f -> f.startsWith("the anchor beside the journal cannot be read"));
        assertThat(opened().complaints()).singleElement().asString().contains("anchor of the journal cannot be read");
    }

    @Test
    void tablesThatAreNotOursAreSetAside() throws Exception {
        journalOfTheFirstEdition("first-edition");
        tamperWith("ALTER TABLE placement RENAME COLUMN servers TO others");
        tamperWith("DROP TABLE seen");
        tamperWith("CREATE VIEW seen AS SELECT 1 AS one");
        tamperWith("ALTER TABLE health DROP COLUMN since");
        tamper("INSERT INTO health VALUES ('host9', 'web', '', 'UP')");
        Opened opened = opened();
        assertThat(opened.intents()).hasSize(5);
        assertThat(opened.state().held()).isEqualTo(Map.of("host1", "host2"));
        write("later");
        assertThat(opened().intents()).hasSize(5);
    }

    @Test
    void tablesWithoutWhatWeNeed() throws Exception {
        write(pending("one"), intent(PIN));
        tamperWith("DROP TABLE pruned");
        tamperWith("CREATE TABLE pruned (something TEXT)");
        Opened opened = opened();
        assertThat(opened.complaints()).anyMatch(c -> c.contains("is set aside as"));
        assertThat(opened.intents()).containsExactly(PIN);
    }

    /** A wish that was withdrawn, and rows around it. */
    private void withdrawnWish() throws Exception {
        write(pending("one"), intent(PIN), pending("three"), withdrawn(PIN.id()), pending("five"), pending("six"),
                pending("seven"));
    }

    private void rechain(long from, long to) throws Exception {
        for (long id = from; id <= to; id++) {
            tamper("UPDATE entry SET hash = '" + hashOf(id, hash(id - 1)) + "' WHERE id = " + id);
        }
    }

    private void nothingIsObeyed() throws Exception {
        assertThat(opened().intents()).isEmpty();
        assertThat(opened().intents()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE FROM entry WHERE id = 4", "UPDATE entry SET kind = 'moved' WHERE id = 4",
            "UPDATE entry SET id = 40 WHERE id = 4", "DELETE FROM entry WHERE id > 2"})
    void aWishThatWasWithdrawnDoesNotComeBack(String sql) throws Exception {
        withdrawnWish();
        tamper(sql);
        nothingIsObeyed();
    }

    @Test
    void norDoesItByAnIndex() throws Exception {
        withdrawnWish();
        tamperWith("CREATE INDEX entry_obeyed ON entry (id) WHERE kind IN ('wish', 'pruned', 'damage') AND id <> 4");
        nothingIsObeyed();
    }

    @Test
    void rowsBeforeTheAnchorMadeAnew() throws Exception {
        withdrawnWish();
        forge(5, intent(OTHER), chained(hash(4), 5, intent(OTHER)));
        rechain(6, 7);
        nothingIsObeyed();
    }

    @Test
    void theLastRowOfATailThatWasCut() throws Exception {
        withdrawnWish();
        tamper("DELETE FROM entry WHERE id > 5");
        forge(5, intent(OTHER), chained(hash(4), 5, intent(OTHER)));
        nothingIsObeyed();
    }

    @Test
    void aRowBeforeTheFirst() throws Exception {
        withdrawnWish();
        tamper("DELETE FROM entry");
        JournalRow intent = intent(OTHER).row(0);
        JournalRow row = new JournalRow(0, NOW, "wish", "anna", "www-2", OTHER.text(),
                intent.detail().replaceFirst("\\{", "{\"upTo\": -1, \"hash\": \"q\", "));
        forge(row, Chain.hash("q", row));
        nothingIsObeyed();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6})
    void rowsForgedBeforeARescueThatIsProvoked(int forged) throws Exception {
        withdrawnWish();
        String hash = forged == 5 ? chained(hash(4), 5, intent(OTHER)) : hash(6);
        tamper("DELETE FROM entry WHERE id = " + (11 - forged));
        forge(forged, intent(OTHER), hash);
        tamperWith("DROP TABLE pruned");
        tamperWith("CREATE TABLE pruned (x)");
        nothingIsObeyed();
    }

    @Test
    void aRowBehindAGapAfterARescue() throws Exception {
        withdrawnWish();
        tamper("DELETE FROM entry WHERE id = 5");
        tamperWith("DROP TABLE pruned");
        tamperWith("CREATE TABLE pruned (x)");
        nothingIsObeyed();
        forge(6, intent(OTHER), hash(6));
        nothingIsObeyed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BEFORE INSERT ON entry BEGIN SELECT RAISE(IGNORE); END",
            "BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'no'); END",
            "AFTER INSERT ON entry BEGIN DELETE FROM entry WHERE id = new.id; END"})
    void triggersAreNotObeyed(String trigger) throws Exception {
        write(intent(PIN));
        tamperWith("CREATE TRIGGER t " + trigger);
        write("later");
        try (JournalReader reader = JournalReader.open(state)) {
            assertThat(reader.since(NOW, 100)).extracting(JournalRow::text).contains("later");
        }
        assertThat(opened().intents()).containsExactly(PIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"health (server, name, service, state, since)",
            "entry (id, at, kind, actor, subject, text, detail, hash)"})
    void viewsWithoutEndAreNotRead(String view) throws Exception {
        journalOfTheFirstEdition("first-edition");
        tamperWith("DROP TABLE " + view.split(" ")[0]);
        tamperWith("CREATE VIEW " + view + " AS WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
                + " SELECT " + "'a', ".repeat(view.split(",").length - 1) + "x FROM c");
        assertThatThrownBy(this::verify).hasMessageContaining("it holds a view");
        assertThat(opened().complaints()).isNotEmpty();
        write("later");
    }

    @Test
    void anAnchorThatIsAPipeOrALink() throws Exception {
        write("one", "two");
        Path anchor = state.resolve(JournalFormat.ANCHOR);
        Files.delete(anchor);
        Files.createSymbolicLink(anchor, Path.of("/dev/zero"));
        assertThat(verify()).anyMatch(f -> f.startsWith("the anchor beside the journal cannot be read"));
        assertThat(opened().complaints()).singleElement().asString().contains("anchor of the journal cannot be read");
        Files.delete(anchor);
        assertThat(new ProcessBuilder("mkfifo", anchor.toString()).start().waitFor()).isZero();
        assertThat(verify()).anyMatch(f -> f.startsWith("the anchor beside the journal cannot be read"));
        assertThat(opened().complaints()).isNotEmpty();
    }

    @Test
    void aNewJournalIsWholeWheneverItIsLeft() throws Exception {
        try (Journal journal = Journal.open(state)) {
            assertThat(state.resolve(JournalFormat.ANCHOR)).exists(); // before the first row
            Journal.await(journal.soon(List.of(pending("quick"))), PATIENCE);
        }
        assertThat(opened().complaints()).isEmpty();
        assertThat(verify()).isEmpty();
    }

    @Test
    void theAnchorOfAMomentBeforeRowsWereForgotten() throws Exception {
        write(intent(PIN), pending("two"));
        byte[] anchor = Files.readAllBytes(state.resolve(JournalFormat.ANCHOR));
        byte[][] then = new byte[1][];
        try (Journal journal = Journal.open(state)) {
            journal.prune(NOW.plusSeconds(1));
            journal.write(pending("three"), PATIENCE);
            then[0] = Files.readAllBytes(state.resolve(JournalFormat.ANCHOR));
        }
        assertThat(then[0]).isNotEqualTo(anchor); // it was moved before a row was removed
        assertThat(opened().intents()).containsExactly(PIN);
    }

    @Test
    void manyFindingsDoNotHideTheNext() throws Exception {
        write("one");
        for (int i = 0; i < 21; i++) {
            Files.delete(state.resolve(JournalFormat.ANCHOR));
            opened();
        }
        write("lie", "two", "three");
        tamper("UPDATE entry SET text = 'truth' WHERE text = 'lie'");
        assertThat(told()).anyMatch(c -> c.contains("was changed"));
    }
}
