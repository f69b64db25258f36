package net.reroute.journal;

import java.sql.SQLException;
import java.util.List;
import net.reroute.core.Text;

/** The SQLite result codes of a database that is damaged or not a journal: sqlite.org/rescode.html. */
final class Damage {

    static final int CORRUPT = 11;
    private static final List<Integer> DAMAGED = List.of(1, 11, 26);

    private Damage() {}

    static boolean is(SQLException e) {
        return DAMAGED.contains(e.getErrorCode() & 0xff);
    }

    /** Treats a database that makes the program fail as damaged. */
    static SQLException odd(RuntimeException e) {
        return new SQLException("it holds what cannot be understood: " + Text.one(String.valueOf(e.getMessage())), "",
                CORRUPT, e);
    }
}
