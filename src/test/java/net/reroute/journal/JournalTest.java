package net.reroute.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.reroute.core.Actor;
import net.reroute.core.Address;
import net.reroute.core.Assignment;
import net.reroute.core.Assignment.Origin;
import net.reroute.core.Assignments.Placed;
import net.reroute.core.Facts.Begun;
import net.reroute.core.Facts.HealthChanged;
import net.reroute.core.Facts.HopsOwned;
import net.reroute.core.Facts.RouteSeen;
import net.reroute.core.Facts.RouterService;
import net.reroute.core.Facts.Settled;
import net.reroute.core.Facts.Shown;
import net.reroute.core.Health;
import net.reroute.core.Intent;
import net.reroute.core.Moves.MoveBegun;
import net.reroute.core.RecordedState;
import net.reroute.core.Target;
import org.junit.jupiter.api.Test;

class JournalTest extends OnJournal {

    @Test
    void keepsRowsInOrderOverRestarts() throws JournalException {
        write("one", "two");
        write("three");
        try (JournalReader reader = JournalReader.open(state)) {
            assertThat(reader.since(Instant.EPOCH, 100)).extracting(JournalRow::text).containsExactly("one", "two",
                    "three");
            assertThat(reader.since(Instant.EPOCH, 2)).extracting(JournalRow::id).containsExactly(2L, 3L);
            assertThat(reader.since(NOW.plusSeconds(1), 100)).isEmpty();
        }
        assertThat(verify()).isEmpty();
    }

    /** Of version 0.1: wishes in a table alone, without kinds of actors, and rows forgotten without a word. */
    private void journalOfAnEarlierVersion() throws Exception {
        journalOfTheFirstEdition("first-edition");
        tamperWith("PRAGMA user_version = 0");
        tamperWith("PRAGMA application_id = 0");
        tamperWith("ALTER TABLE wish DROP COLUMN actor");
        tamperWith("INSERT INTO wish (kind, name, server, who, why, at, stay) VALUES"
                + " ('PIN', 'www-9', 'host3', 'anna', 'because', '2026-01-01T05:00:00Z', 0)");
        tamperWith("INSERT INTO pruned SELECT 1, id, hash FROM entry WHERE id = 1");
        tamperWith("DELETE FROM entry WHERE id = 1");
        Path anchor = state.resolve(JournalFormat.ANCHOR);
        Files.writeString(anchor, Files.readString(anchor).replaceAll(" 2\n", "\n"));
    }

    @Test
    void wishesOfAJournalOfAnEarlierVersionHold() throws Exception {
        journalOfAnEarlierVersion();
        Opened opened = opened();
        assertThat(opened.intents()).hasSize(6).filteredOn(w -> w.key().equals("www-9")).singleElement()
                .satisfies(w -> assertThat(w.by().actor()).isEqualTo(new Actor.Human("anna", "")));
        assertThat(verify()).isEmpty();
        assertThat(opened().intents()).hasSize(6);
        var none = JSON.createObjectNode();
        assertThat(ActorJson.read(none, "drill by anna")).isEqualTo(new Actor.Drill("anna"));
        assertThat(ActorJson.read(none, "reroute")).isEqualTo(new Actor.Program());
    }

    @Test
    void remembersWhatIsTrueNow() throws Exception {
        Intent pin = Intent.pin("www-1", "host3", ANNA, Optional.of(NOW.plusSeconds(60)), true);
        Intent pause = Intent.pause(ANNA);
        Assignment assignment = new Assignment(List.of("host3", "host4"), Origin.MOVED, NOW, "because");
        Address hop = Address.parse("192.168.1.4");
        Target target = new Target("host1", "web", "");
        Begun begun = new Begun(List.of("host1"), "reason");
        try (Journal journal = Journal.open(state)) {
            journal.write(intent(pin), PATIENCE);
            journal.write(intent(pause), PATIENCE);
            journal.later(List.of(new PendingRow(NOW, new Placed("www-1", assignment)),
                    new PendingRow(NOW,
                            new RouteSeen(new RouterService("gw1", "www-1"),
                                    new Shown(List.of("host3"), List.of("192.168.1.4")))),
                    new PendingRow(NOW, new HopsOwned("www-2", List.of(hop))),
                    new PendingRow(NOW, new MoveBegun("gw1", Map.of("www-2", begun))),
                    new PendingRow(NOW, new HealthChanged(target, new Settled(Health.State.UP, NOW), "ok"))));
            journal.write(withdrawn(pause.id()), PATIENCE);
        }
        try (Journal journal = Journal.open(state)) {
            RecordedState remembered = journal.state();
            assertThat(remembered.intents().all().values()).containsExactly(pin);
            assertThat(remembered.assignments()).isEqualTo(Map.of("www-1", assignment));
            assertThat(remembered.seen())
                    .isEqualTo(Map.of(new RouterService("gw1", "www-1"),
                            new Shown(List.of("host3"), List.of("192.168.1.4"))));
            assertThat(remembered.owned()).isEqualTo(Map.of("www-2", Set.of(hop)));
            assertThat(remembered.begun()).isEqualTo(Map.of("www-2", begun));
            assertThat(remembered.health()).isEqualTo(Map.of(target, new Settled(Health.State.UP, NOW)));
        }
    }

    @Test
    void seesAChangedRow() throws Exception {
        write("one", "two", "three");
        tamper("UPDATE entry SET text = 'never happened' WHERE id = 2");
        assertThat(verify()).contains("row 2 was changed, or the row before it removed");
    }

    @Test
    void seesARemovedRow() throws Exception {
        write("one", "two", "three");
        tamper("DELETE FROM entry WHERE id = 2");
        assertThat(verify()).contains("row 2 is missing");
    }

    @Test
    void seesACutTail() throws Exception {
        write("one", "two", "three");
        tamper("DELETE FROM entry WHERE id > 1");
        assertThat(verify()).contains("the rows from 2 to 3 were cut off");
    }

    @Test
    void seesATailThatWasCutAndGrewAgain() throws Exception {
        write("one", "two", "three");
        String anchor = Files.readString(state.resolve(JournalFormat.ANCHOR));
        tamper("DELETE FROM entry WHERE id > 1");
        write("other two", "other three");
        Files.writeString(state.resolve(JournalFormat.ANCHOR), anchor);
        assertThat(verify()).contains("rows 2 to 3 are missing");
    }

    @Test
    void goesOnFromTheLastRowItForgot() throws Exception {
        try (Journal journal = Journal.open(state)) {
            journal.write(new PendingRow(NOW.minusSeconds(100), pending("old").record()), PATIENCE);
            journal.write(pending("new"), PATIENCE);
            journal.prune(NOW.minusSeconds(50));
            journal.write(pending("newer"), PATIENCE);
        }
        try (JournalReader reader = JournalReader.open(state)) {
            assertThat(reader.since(Instant.EPOCH, 100)).extracting(JournalRow::text).containsExactly("new",
                    "rows up to 1 are forgotten, being older than 2026-01-01T04:59:10Z", "newer");
        }
        assertThat(verify()).isEmpty();
        tamper("DELETE FROM entry WHERE id = 2");
        assertThat(verify()).contains("row 2 is missing");
    }

    @Test
    void goesOnWhereEveryRowWasForgotten() throws Exception {
        write(pending("one"));
        try (Journal journal = Journal.open(state)) {
            journal.prune(NOW.plusSeconds(50));
            journal.write(pending("two"), PATIENCE);
        }
        write("three");
        assertThat(verify()).isEmpty();
    }

    @Test
    void aTailThatWasCutBeforeAStartIsFoundThenAndLater() throws Exception {
        write("one", "two", "three");
        tamper("DELETE FROM entry WHERE id > 1");
        assertThat(opened().complaints()).singleElement().asString()
                .contains("ends at row 1, and the anchor knows row 3");
        write("four");
        assertThat(opened().complaints()).isEmpty();
        assertThat(verify()).anyMatch(f -> f.equals("rows 2 to 3 are missing"));
    }

    @Test
    void aTailThatWasCutTogetherWithTheAnchorIsFoundThenAndLater() throws Exception {
        write("one", "two", "three");
        tamper("DELETE FROM entry WHERE id > 1");
        Files.delete(state.resolve(JournalFormat.ANCHOR));
        assertThat(verify()).singleElement().asString().startsWith("the anchor beside the journal is missing");
        assertThat(opened().complaints()).singleElement().asString().contains("anchor of the journal is missing");
        assertThat(verify()).singleElement().asString().startsWith("row 2 tells that something was wrong then");
    }

    @Test
    void rowsThatWereAllRemovedAreMissed() throws Exception {
        write("one", "two");
        tamper("DELETE FROM entry");
        assertThat(verify()).containsExactly("the rows from 1 to 2 were cut off");
        assertThat(opened().complaints()).hasSize(1);
        assertThat(verify()).contains("rows 1 to 2 are missing");
    }

    @Test
    void aHeadThatWasCutIsMissedWhateverTheMarkSays() throws Exception {
        write("one", "two", "three");
        tamper("INSERT INTO pruned SELECT 1, id, hash FROM entry WHERE id = 2");
        tamper("DELETE FROM entry WHERE id <= 2");
        assertThat(verify()).containsExactly("the rows up to 2 are missing, and no row tells that they were forgotten");
        assertThat(opened().complaints()).hasSize(1);
        assertThat(opened().complaints()).isEmpty(); // told once, and in the rows from then on
        assertThat(verify()).hasSize(2);
    }

    @Test
    void anAnchorFromElsewhereSeesWhatWasMadeAnew() throws Exception {
        write("one", "two");
        Head head;
        try (Journal journal = Journal.open(state)) {
            head = journal.head().orElseThrow();
        }
        assertThat(verify(head)).isEmpty();
        Path aside = Files.createDirectory(state.resolve("aside"));
        Files.move(state.resolve(JournalFormat.FILE), aside.resolve(JournalFormat.FILE));
        Files.delete(state.resolve(JournalFormat.ANCHOR));
        write("other one", "other two", "other three");
        assertThat(verify()).isEmpty();
        assertThat(verify(head)).containsExactly("rows up to 2 were rewritten: the anchor knows another hash");
        Path file = state.resolve("anchors");
        Anchors.add(file, head);
        Anchors.add(file, head);
        assertThat(Anchors.in(file)).containsExactly(head, head);
    }

    @Test
    void aWishThatNoRowTellsOfIsNotObeyed() throws Exception {
        journalOfTheFirstEdition("first-edition");
        tamper("INSERT INTO wish (kind, name, server, who, why, at, stay) VALUES"
                + " ('PIN', 'www-2', 'host4', 'anna', '', '2026-01-01T05:00:00Z', 0)");
        tamper("UPDATE wish SET server = 'host4' WHERE name = 'www-1'");
        Opened opened = opened();
        assertThat(opened.intents()).filteredOn(w -> w.kind() == Intent.Kind.PIN).extracting(Intent::text)
                .containsExactlyInAnyOrder("pin www-1 to host3, stay until 2035-12-30T05:00:00Z", "pin www-3 to host4");
        assertThat(opened.complaints()).hasSize(2).allMatch(c -> c.endsWith("it is not obeyed"));
    }

    @Test
    void aWishInARowThatWasChangedIsLeftOutAndNamed() throws Exception {
        write(intent(Intent.pin("www-1", "host3", ANNA, Optional.empty(), false)));
        tamper("UPDATE entry SET detail = replace(detail, 'host3', 'host4')");
        Opened opened = opened();
        assertThat(opened.intents()).isEmpty();
        assertThat(opened.complaints().getFirst()).startsWith("row 1 was changed, or the row before it removed");
    }

    @Test
    void wishesOutlastTheRowsThatAreForgotten() throws Exception {
        Intent pin = Intent.pin("www-1", "host3", ANNA, Optional.empty(), false);
        write(intent(pin), pending("two"));
        try (Journal journal = Journal.open(state)) {
            journal.prune(NOW.plusSeconds(1));
            journal.write(pending("three"), PATIENCE);
        }
        Opened opened = opened();
        assertThat(opened.intents()).containsExactly(pin);
        assertThat(opened.complaints()).isEmpty();
        assertThat(verify()).isEmpty();
    }

    /** Else a start with a long history would have to follow all of it. */
    @Test
    void wishesAreSaidAgainNowAndThen() throws Exception {
        Intent pin = Intent.pin("www-1", "host3", ANNA, Optional.empty(), false);
        write(intent(pin));
        try (Journal journal = Journal.open(state)) {
            for (int i = 0; i < 20_500; i++) {
                journal.later(List.of(pending("row " + i)));
            }
            journal.write(withdrawn(Intent.pin("www-2", "host3", ANNA, Optional.empty(), false).id()),
                    Duration.ofMinutes(2));
        }
        try (JournalReader reader = JournalReader.open(state)) {
            assertThat(reader.newest("state", 10)).hasSize(1);
        }
        tamper("UPDATE entry SET text = 'x' WHERE id = 1"); // long before
        assertThat(opened().intents()).containsExactly(pin);
        assertThat(verify()).isNotEmpty();
    }

    @Test
    void aRowThatSaysNothingThatCanBeReadIsLeftOutAndNamed() throws Exception {
        journalOfTheFirstEdition("first-edition");
        tamper("UPDATE wish SET at = 'yesterday' WHERE name = 'www-1'");
        tamper("UPDATE placement SET origin = 'NOBODY' WHERE service = 'www-1'");
        Opened opened = opened();
        assertThat(opened.intents()).extracting(Intent::key).contains("www-1");
        assertThat(opened.state().assignments()).containsOnlyKeys("www-2", "www-3", "www-4");
        assertThat(opened.complaints()).hasSize(2).allMatch(c -> c.contains("cannot be read and is left out"));
    }

    @Test
    void garbageIsSetAsideAndGoneOnWithout() throws Exception {
        write("one", "two");
        Files.writeString(state.resolve(JournalFormat.FILE), "no database\n".repeat(1000));
        Opened opened = opened();
        assertThat(opened.complaints().getFirst()).contains("is set aside as " + state.resolve("journal.db.damaged-"));
        write("three");
        assertThat(verify()).isNotEmpty();
        assertThat(opened().complaints()).isEmpty();
    }

    /** Every page but the first, by turns; each time all that is outside of it is kept. */
    @Test
    void ofADamagedFileAllIsKeptThatCanBeRead() throws Exception {
        Intent pin = Intent.pin("www-1", "host3", ANNA, Optional.empty(), false);
        PendingRow[] rows = new PendingRow[400];
        java.util.Arrays.setAll(rows, i -> i == 0 ? intent(pin) : pending("row " + i + " " + "x".repeat(200)));
        write(rows);
        byte[] whole = Files.readAllBytes(state.resolve(JournalFormat.FILE));
        int pages = whole.length / 4096;
        int keptRows = 0;
        for (int page = 1; page < pages; page += 5) {
            byte[] bad = whole.clone();
            java.util.Arrays.fill(bad, page * 4096, (page + 1) * 4096, (byte) 0x5a);
            Path folder = Files.createDirectory(state.resolve("page" + page));
            Files.write(folder.resolve(JournalFormat.FILE), bad);
            Files.copy(state.resolve(JournalFormat.ANCHOR), folder.resolve(JournalFormat.ANCHOR));
            try (Journal journal = Journal.open(folder)) {
                journal.write(pending("after"), PATIENCE);
                journal.examine();
            }
            try (JournalReader reader = JournalReader.open(folder)) {
                keptRows += reader.since(Instant.EPOCH, 1000).size();
                assertThat(reader.since(Instant.EPOCH, 1000)).extracting(JournalRow::text).contains("after");
            }
        }
        assertThat(keptRows).isGreaterThan(300 * (pages / 5));
    }

    @Test
    void aFileThatWasCutIsGoneOnWith() throws Exception {
        PendingRow[] rows = new PendingRow[1000];
        java.util.Arrays.setAll(rows, i -> pending("row " + i + " " + "x".repeat(200)));
        write(rows);
        byte[] whole = Files.readAllBytes(state.resolve(JournalFormat.FILE));
        Files.write(state.resolve(JournalFormat.FILE), java.util.Arrays.copyOf(whole, whole.length / 2));
        try (Journal journal = Journal.open(state)) {
            journal.write(pending("after"), PATIENCE);
            journal.examine();
            assertThat(journal.complaints()).anyMatch(c -> c.contains("is set aside as"));
        }
        try (JournalReader reader = JournalReader.open(state)) {
            assertThat(reader.since(Instant.EPOCH, 1000)).extracting(JournalRow::text).contains("after")
                    .anyMatch(t -> t.startsWith("row 0 "));
        }
    }

    private void refuse(String text) throws SQLException {
        tamperWith("CREATE TRIGGER refuse BEFORE INSERT ON entry WHEN new.text = '" + text
                + "' BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");
    }

    @Test
    void rowsThatBelongTogetherAreNeverHalfWritten() throws Exception {
        try (Journal journal = Journal.open(state)) {
            refuse("half");
            Journal.await(
                    journal.later(List.of(
                            new PendingRow(NOW, new RouteSeen(new RouterService("gw1", "www-1"), Shown.NOWHERE)),
                            pending("half"))),
                    Duration.ofMillis(100));
            assertThat(journal.trouble()).hasValueSatisfying(t -> assertThat(t).contains("disk is full"));
            try (Connection db = connection(); ResultSet r = db.createStatement().executeQuery("SELECT 1 FROM entry")) {
                assertThat(r.next()).as("the first of them stands there").isFalse();
            }
            tamperWith("DROP TRIGGER refuse");
            journal.write(pending("whole"), PATIENCE);
            assertThat(journal.trouble()).isEmpty();
        }
        assertThat(opened().state().seen()).hasSize(1);
        try (JournalReader reader = JournalReader.open(state)) {
            assertThat(reader.since(Instant.EPOCH, 100)).extracting(JournalRow::text).containsExactly("half", "whole");
        }
        assertThat(verify()).isEmpty();
    }

    @Test
    void whatCannotBeWrittenInTimeIsNotWritten() throws Exception {
        try (Journal journal = Journal.open(state)) {
            refuse("half");
            assertThatThrownBy(() -> journal.write(pending("half"), Duration.ofMillis(100)))
                    .isInstanceOf(JournalException.class).hasMessageContaining("disk is full");
            tamperWith("DROP TRIGGER refuse");
            journal.write(pending("whole"), PATIENCE);
        }
        try (JournalReader reader = JournalReader.open(state)) {
            assertThat(reader.since(Instant.EPOCH, 100)).extracting(JournalRow::text).containsExactly("whole");
        }
    }

    @Test
    void whatCannotBeWrittenNowIsWrittenLaterInOrder() throws Exception {
        try (Journal journal = Journal.open(state)) {
            refuse("first");
            var first = journal.later(List.of(pending("first")));
            var second = journal.later(List.of(pending("second")));
            Journal.await(second, Duration.ofMillis(100));
            tamperWith("DROP TRIGGER refuse");
            first.get(20, TimeUnit.SECONDS);
            second.get(20, TimeUnit.SECONDS);
        }
        try (JournalReader reader = JournalReader.open(state)) {
            assertThat(reader.since(Instant.EPOCH, 100)).extracting(JournalRow::text).containsExactly("first",
                    "second");
        }
    }

    @Test
    void aFolderThatCannotBeUsedIsNamed() throws IOException {
        Path file = Files.writeString(state.resolve("file"), "");
        assertThatThrownBy(() -> Journal.open(file.resolve("state"))).isInstanceOf(JournalException.class)
                .hasMessageContaining("check the folder's owner and the free space");
    }
}
