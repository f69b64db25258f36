package net.reroute.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Remembered;

/** Reads rows; also used without a writer. */
public final class JournalReader implements AutoCloseable {

    private final Path state;
    private final Connection db;

    private JournalReader(Path state, Connection db) {
        this.state = state;
        this.db = db;
    }

    /** Opens the journal of a state folder for reading beside whoever writes it. */
    public static JournalReader open(Path state) throws JournalException {
        Path file = state.resolve(Journal.FILE);
        if (!Files.exists(file)) {
            throw new JournalException("there is no journal in " + state + " yet", null);
        }
        try {
            return new JournalReader(state, DriverManager.getConnection("jdbc:sqlite:" + file));
        } catch (SQLException e) {
            throw new JournalException("the journal " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** What was true when the journal was last written. */
    public Remembered remembered() throws JournalException {
        try {
            return new Tables(db).load();
        } catch (SQLException e) {
            throw new JournalException("the journal in " + state + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The newest row of a kind about a subject whose text holds one of these. */
    public Optional<Entry> last(String kind, String subject, List<String> holds) throws JournalException {
        String any = String.join(" OR ", holds.stream().map(h -> "instr(text, ?) > 0").toList());
        List<String> values = new ArrayList<>(List.of(kind, subject));
        values.addAll(holds);
        try {
            return rows(db, "WHERE kind = ? AND subject = ? AND (" + any + ") ORDER BY id DESC LIMIT 1",
                    values.toArray(String[]::new)).stream().findFirst();
        } catch (SQLException e) {
            throw new JournalException("the journal in " + state + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The newest rows since a moment, oldest first. */
    public List<Entry> since(Instant since, int most) throws JournalException {
        try {
            return rows(db, "WHERE at >= ? ORDER BY id DESC LIMIT " + most, since.toString()).reversed();
        } catch (SQLException e) {
            throw new JournalException("the journal in " + state + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The complaint about the chain; empty if every row is as it was written and none is missing. */
    public Optional<String> verify() throws JournalException {
        try {
            return Verification.of(db, Chain.kept(state.resolve(Journal.ANCHOR)));
        } catch (SQLException | IOException e) {
            throw new JournalException("the journal in " + state + " cannot be verified: " + e.getMessage(), e);
        }
    }

    static List<Entry> rows(Connection db, String where, String... values) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        try (PreparedStatement s = db.prepareStatement("SELECT * FROM entry " + where)) {
            for (int i = 0; i < values.length; i++) {
                s.setString(i + 1, values[i]);
            }
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    entries.add(Verification.entry(r));
                }
            }
        }
        return entries;
    }

    @Override
    public void close() throws JournalException {
        try {
            db.close();
        } catch (SQLException e) {
            throw new JournalException("the journal does not close: " + e.getMessage(), e);
        }
    }
}
