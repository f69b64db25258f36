package net.reroute.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.reroute.core.Actor;
import net.reroute.core.By;
import net.reroute.core.Remembered;
import net.reroute.core.Wish;
import org.junit.jupiter.api.io.TempDir;

/** A state folder with a journal that may be tampered with. */
abstract class OnJournal {

    static final Instant NOW = Instant.parse("2026-01-01T05:00:00Z");
    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final By ANNA = new By(new Actor.Human("anna", ""), "it's \"time\"\n", NOW);

    static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path state;

    static Draft draft(String text) {
        return new Draft(NOW, "moved", "reroute", "www-1", text, "");
    }

    void write(String... texts) throws JournalException {
        try (Journal journal = Journal.open(state)) {
            for (String text : texts) {
                journal.write(draft(text), m -> {
                }, PATIENCE);
            }
        }
    }

    List<String> verify(Head... elsewhere) throws JournalException {
        try (JournalReader reader = JournalReader.open(state)) {
            return reader.verify(List.of(elsewhere)).findings();
        }
    }

    static Draft wish(Wish wish) {
        ObjectNode detail = JSON.createObjectNode();
        detail.put("kind", wish.kind().name()).put("key", wish.key()).set("after", WishJson.of(wish));
        return new Draft(NOW, "wish", wish.by().who(), wish.key(), wish.text(), detail.toString());
    }

    static Draft withdrawn(Wish.Id id) {
        ObjectNode detail = JSON.createObjectNode();
        detail.put("kind", id.kind().name()).put("key", id.key());
        return new Draft(NOW, "wish", "anna", id.key(), id + " withdrawn", detail.toString());
    }

    void write(Draft... rows) throws JournalException {
        try (Journal journal = Journal.open(state)) {
            for (Draft row : rows) {
                journal.write(row, m -> {
                }, PATIENCE);
            }
        }
    }

    /** The hash that a row would have after another. */
    String hashOf(long id, String before) throws Exception {
        try (Connection db = connection();
                Statement s = db.createStatement();
                java.sql.ResultSet r = s.executeQuery("SELECT * FROM entry WHERE id = " + id)) {
            r.next();
            return Chain.hash(before, Verification.entry(r));
        }
    }

    String hash(long id) throws Exception {
        try (Connection db = connection();
                Statement s = db.createStatement();
                java.sql.ResultSet r = s.executeQuery("SELECT hash FROM entry WHERE id = " + id)) {
            r.next();
            return r.getString(1);
        }
    }

    Connection connection() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + state.resolve(Journal.FILE));
    }

    record Opened(java.util.Collection<Wish> wishes, List<String> complaints, Remembered remembered) {}

    Opened opened() throws JournalException {
        try (Journal journal = Journal.open(state)) {
            return new Opened(journal.remembered().wishes().all().values(), journal.complaints(), journal.remembered());
        }
    }

    void tamperWith(String sql) throws SQLException {
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + state.resolve(Journal.FILE));
                Statement statement = db.createStatement()) {
            statement.execute(sql);
        }
    }

    void tamper(String sql) throws SQLException {
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + state.resolve(Journal.FILE));
                Statement statement = db.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }
}
