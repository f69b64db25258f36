package net.reroute.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Reads a journal row by row, to pass it on. Not thread-safe. */
public final class ChainReader {

    private final Path folder;
    private final Connection db;

    ChainReader(Path folder, Connection db) {
        this.folder = folder;
        this.db = db;
    }

    /** At most {@code most} rows of any kind after the row with this id, oldest first, with their hashes. */
    public List<ChainedRow> after(long id, int most) throws JournalException {
        List<ChainedRow> rows = new ArrayList<>();
        try (Statement s = db.createStatement();
                ResultSet r = s.executeQuery("SELECT * FROM entry WHERE id > " + id + " ORDER BY id LIMIT " + most)) {
            while (r.next()) {
                rows.add(new ChainedRow(RowQueries.row(r), RowQueries.text(r, "hash")));
            }
            return rows;
        } catch (SQLException e) {
            throw new JournalException("the journal in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** True if this is a row of the chain, or the last one that was forgotten. */
    public boolean knows(Head head) throws JournalException {
        try {
            return Opening.knows(db, head);
        } catch (SQLException e) {
            throw new JournalException("the journal in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Copies the whole journal into a new database. */
    public void copyTo(Path file) throws JournalException {
        try (PreparedStatement s = db.prepareStatement("VACUUM INTO ?")) {
            s.setString(1, file.toString());
            s.execute();
        } catch (SQLException e) {
            throw new JournalException("the journal in " + folder + " cannot be copied: " + e.getMessage(), e);
        }
    }

    /** True if a row is in the journal of a state folder. */
    public static boolean has(Path folder, Head row) throws JournalException {
        try (JournalReader reader = JournalReader.open(folder)) {
            return reader.chain().after(row.id() - 1, 1).stream().anyMatch(r -> r.head().equals(row));
        }
    }
}
