package net.reroute.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Actor;
import net.reroute.core.Attribution;
import net.reroute.core.Intent;
import net.reroute.core.Intents.IntentEnded;
import net.reroute.core.Intents.IntentMade;
import net.reroute.core.ProgramRemarks.NotTold;
import net.reroute.core.RecordedState;
import org.junit.jupiter.api.io.TempDir;

/** A state folder with a journal that may be tampered with. */
abstract class OnJournal {

    static final Instant NOW = Instant.parse("2026-01-01T05:00:00Z");
    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final Attribution ANNA = new Attribution(new Actor.Human("anna", ""), "it's \"time\"\n", NOW);

    static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path state;

    static PendingRow pending(String text) {
        return new PendingRow(NOW, new NotTold("www-1", text));
    }

    void write(String... texts) throws JournalException {
        try (Journal journal = Journal.open(state)) {
            for (String text : texts) {
                journal.write(pending(text), PATIENCE);
            }
        }
    }

    List<String> verify(Head... elsewhere) throws JournalException {
        try (JournalReader reader = JournalReader.open(state)) {
            return reader.verify(List.of(elsewhere)).findings();
        }
    }

    static PendingRow intent(Intent intent) {
        return new PendingRow(NOW, new IntentMade(intent.by(), intent, Optional.empty(), Optional.empty()));
    }

    static PendingRow withdrawn(Intent.Id id) {
        return new PendingRow(NOW, new IntentEnded(ANNA, id, Optional.empty(), Optional.empty()));
    }

    void write(PendingRow... rows) throws JournalException {
        try (Journal journal = Journal.open(state)) {
            for (PendingRow row : rows) {
                journal.write(row, PATIENCE);
            }
        }
    }

    /** The hash that a row would have after another. */
    String hashOf(long id, String before) throws Exception {
        try (Connection db = connection();
                Statement s = db.createStatement();
                java.sql.ResultSet r = s.executeQuery("SELECT * FROM entry WHERE id = " + id)) {
            r.next();
            return Chain.hash(before, RowQueries.row(r));
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
        return DriverManager.getConnection("jdbc:sqlite:" + state.resolve(JournalFormat.FILE));
    }

    record Opened(java.util.Collection<Intent> intents, List<String> complaints, RecordedState state) {}

    Opened opened() throws JournalException {
        try (Journal journal = Journal.open(state)) {
            return new Opened(journal.state().intents().all().values(), journal.complaints(), journal.state());
        }
    }

    /** A journal that a program of the first edition left, and what it remembered. */
    void journalOfTheFirstEdition(String name) throws Exception {
        for (String file : List.of(JournalFormat.FILE, JournalFormat.ANCHOR)) {
            try (InputStream in = OnJournal.class.getResourceAsStream("/journals/" + name + "/" + file)) {
                Files.copy(in, state.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Where the first edition has its wishes. */
    void tableOfWishes() throws SQLException {
        tamperWith("CREATE TABLE wish (kind TEXT, name TEXT, server TEXT, who TEXT, why TEXT, at TEXT, until TEXT,"
                + " stay INTEGER, begins TEXT, actor TEXT, PRIMARY KEY (kind, name))");
    }

    void tamperWith(String sql) throws SQLException {
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + state.resolve(JournalFormat.FILE));
                Statement statement = db.createStatement()) {
            statement.execute(sql);
        }
    }

    void tamper(String sql) throws SQLException {
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + state.resolve(JournalFormat.FILE));
                Statement statement = db.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }
}
