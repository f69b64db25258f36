package net.reroute.journal;

import java.sql.SQLException;
import java.util.List;
import net.reroute.core.Text;

/** Recognises a database that is damaged, or not a journal, by SQLite's result codes (sqlite.org/rescode.html). */
final class Damage {

    static final int CORRUPT = 11;
    private static final List<Integer> DAMAGED = List.of(1, 11, 26);

    private Damage() {}

    static boolean is(SQLException e) {
        return DAMAGED.contains(e.getErrorCode() & 0xff);
    }

    /** The error for a database that causes an internal error. It counts as damaged. */
    static SQLException odd(RuntimeException e) {
        return new SQLException("it holds what cannot be understood: " + Text.one(String.valueOf(e.getMessage())), "",
                CORRUPT, e);
    }
}
