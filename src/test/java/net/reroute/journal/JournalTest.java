package net.reroute.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.reroute.core.Actor;
import net.reroute.core.Address;
import net.reroute.core.By;
import net.reroute.core.Health.State;
import net.reroute.core.Placement;
import net.reroute.core.Placement.Origin;
import net.reroute.core.Remembered;
import net.reroute.core.Remembered.At;
import net.reroute.core.Remembered.Begun;
import net.reroute.core.Remembered.Settled;
import net.reroute.core.Target;
import net.reroute.core.Wish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final Instant NOW = Instant.parse("2026-01-01T05:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final By ANNA = new By(new Actor.Human("anna", ""), "it's \"time\"\n", NOW);

    @TempDir
    Path state;

    private static Draft draft(String text) {
        return new Draft(NOW, "moved", "reroute", "www-1", text, "");
    }

    private void write(String... texts) throws JournalException {
        try (Journal journal = Journal.open(state)) {
            for (String text : texts) {
                journal.write(draft(text), m -> {
                }, PATIENCE);
            }
        }
    }

    private Optional<String> verify() throws JournalException {
        try (JournalReader reader = JournalReader.open(state)) {
            return reader.verify();
        }
    }

    private void tamperWith(String sql) throws SQLException {
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + state.resolve(Journal.FILE));
                Statement statement = db.createStatement()) {
            statement.execute(sql);
        }
    }

    private void tamper(String sql) throws SQLException {
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + state.resolve(Journal.FILE));
                Statement statement = db.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    @Test
    void keepsRowsInOrderOverRestarts() throws JournalException {
        write("one", "two");
        write("three");
        try (JournalReader reader = JournalReader.open(state)) {
            assertThat(reader.since(Instant.EPOCH, 100)).extracting(Entry::text).containsExactly("one", "two", "three");
            assertThat(reader.since(Instant.EPOCH, 2)).extracting(Entry::id).containsExactly(2L, 3L);
            assertThat(reader.since(NOW.plusSeconds(1), 100)).isEmpty();
        }
        assertThat(verify()).isEmpty();
    }

    @Test
    void readsWishesOfAJournalInWhichActorsHadNoKind() throws Exception {
        Wish pin = Wish.pin("www-1", "host3", ANNA, Optional.empty(), false);
        By playbook = new By(new Actor.Playbook("respawn"), "", NOW);
        Wish drain = Wish.maintenance("host1", playbook, Optional.empty());
        try (Journal journal = Journal.open(state)) {
            journal.write(draft("wishes"), m -> {
                m.wish(pin);
                m.wish(drain);
            }, PATIENCE);
        }
        tamperWith("ALTER TABLE wish DROP COLUMN actor");
        try (JournalReader reader = JournalReader.open(state)) {
            assertThat(reader.remembered().wishes().all().values()).containsExactlyInAnyOrder(pin, drain);
        }
        try (Journal journal = Journal.open(state)) {
            assertThat(journal.remembered().wishes().all().values()).containsExactlyInAnyOrder(pin, drain);
        }
        var none = new com.fasterxml.jackson.databind.ObjectMapper().createObjectNode();
        assertThat(ActorJson.read(none, "drill by anna")).isEqualTo(new Actor.Drill("anna"));
        assertThat(ActorJson.read(none, "reroute")).isEqualTo(new Actor.Program());
    }

    @Test
    void remembersWhatIsTrueNow() throws Exception {
        Wish pin = Wish.pin("www-1", "host3", ANNA, Optional.of(NOW.plusSeconds(60)), true);
        Wish pause = Wish.pause(ANNA);
        Placement placement = new Placement(List.of("host3", "host4"), Origin.MOVED, NOW, "because");
        Address hop = Address.parse("192.168.1.4");
        Target target = new Target("host1", "web", "");
        try (Journal journal = Journal.open(state)) {
            journal.write(draft("all"), m -> {
                m.wish(pin);
                m.wish(pause);
                m.placement("www-1", placement);
                m.seen(new At("gw1", "www-1"), List.of(hop));
                m.ours("www-1", List.of(hop));
                m.begun("www-2", new Begun(List.of("host1"), "reason"));
                m.health(target, new Settled(State.UP, NOW));
            }, PATIENCE);
            journal.write(draft("less"), m -> m.withdraw(pause.id()), PATIENCE);
        }
        try (Journal journal = Journal.open(state)) {
            Remembered remembered = journal.remembered();
            assertThat(remembered.wishes().all().values()).containsExactly(pin);
            assertThat(remembered.placements()).isEqualTo(Map.of("www-1", placement));
            assertThat(remembered.seen()).isEqualTo(Map.of(new At("gw1", "www-1"), List.of(hop)));
            assertThat(remembered.ours()).isEqualTo(Map.of("www-1", Set.of(hop)));
            assertThat(remembered.begun()).isEqualTo(Map.of("www-2", new Begun(List.of("host1"), "reason")));
            assertThat(remembered.health()).isEqualTo(Map.of(target, new Settled(State.UP, NOW)));
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
        String anchor = Files.readString(state.resolve(Journal.ANCHOR));
        tamper("DELETE FROM entry WHERE id > 1");
        write("other two", "other three");
        Files.writeString(state.resolve(Journal.ANCHOR), anchor);
        assertThat(verify()).contains("rows up to 3 were rewritten: the anchor knows another hash");
    }

    @Test
    void goesOnFromTheLastRowItForgot() throws Exception {
        try (Journal journal = Journal.open(state)) {
            journal.write(new Draft(NOW.minusSeconds(100), "moved", "reroute", "www-1", "old", ""), m -> {
            }, PATIENCE);
            journal.write(draft("new"), m -> {
            }, PATIENCE);
            journal.prune(NOW.minusSeconds(50));
            journal.write(draft("newer"), m -> {
            }, PATIENCE);
        }
        try (JournalReader reader = JournalReader.open(state)) {
            assertThat(reader.since(Instant.EPOCH, 100)).extracting(Entry::text).containsExactly("new", "newer");
        }
        assertThat(verify()).isEmpty();
        tamper("DELETE FROM entry WHERE id = 2");
        assertThat(verify()).contains("row 2 is missing");
    }

    @Test
    void goesOnWhereEveryRowWasForgotten() throws Exception {
        write("one");
        try (Journal journal = Journal.open(state)) {
            journal.prune(NOW.plusSeconds(50));
            journal.write(draft("two"), m -> {
            }, PATIENCE);
        }
        write("three");
        assertThat(verify()).isEmpty();
    }

    @Test
    void aStepThatFailsLeavesNothingHalfWritten() throws Exception {
        try (Journal journal = Journal.open(state)) {
            assertThatThrownBy(() -> journal.write(draft("half"), m -> {
                m.ours("www-1", List.of(Address.parse("192.168.1.2")));
                throw new SQLException("database or disk is full");
            }, Duration.ofMillis(100))).isInstanceOf(JournalException.class).hasMessageContaining("disk is full");
            assertThat(journal.trouble()).hasValueSatisfying(t -> assertThat(t).contains("disk is full"));
            journal.write(draft("whole"), m -> {
            }, PATIENCE);
            assertThat(journal.trouble()).isEmpty();
            assertThat(journal.remembered().ours()).isEmpty();
        }
        try (JournalReader reader = JournalReader.open(state)) {
            assertThat(reader.since(Instant.EPOCH, 100)).extracting(Entry::text).containsExactly("whole");
        }
        assertThat(verify()).isEmpty();
    }

    @Test
    void whatCannotBeWrittenNowIsWrittenLaterInOrder() throws Exception {
        int[] tries = {0};
        try (Journal journal = Journal.open(state)) {
            var first = journal.later(draft("first"), m -> {
                if (tries[0]++ == 0) {
                    throw new SQLException("database or disk is full");
                }
            });
            var second = journal.later(draft("second"), m -> {
            });
            first.get(20, TimeUnit.SECONDS);
            second.get(20, TimeUnit.SECONDS);
        }
        try (JournalReader reader = JournalReader.open(state)) {
            assertThat(reader.since(Instant.EPOCH, 100)).extracting(Entry::text).containsExactly("first", "second");
        }
    }

    @Test
    void aFolderThatCannotBeUsedIsNamed() throws IOException {
        Path file = Files.writeString(state.resolve("file"), "");
        assertThatThrownBy(() -> Journal.open(file.resolve("state"))).isInstanceOf(JournalException.class)
                .hasMessageContaining("check the folder's owner and the free space");
    }
}
