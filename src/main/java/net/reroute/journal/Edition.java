package net.reroute.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Intent;
import net.reroute.core.RecordedState;

/** Detects the edition of a journal, and reads the state from any edition. */
final class Edition {

    private Edition() {}

    /**
     * Returns 2 if rows are records, 1 if rows are sentences with tables beside them, 0 if rows do not record what was
     * forgotten either. Kinds of rows that only one edition writes count too, since the mark alone is easily removed.
     */
    static int of(Connection db, Path anchorFile, Head newest) throws SQLException {
        if (RowQueries.number(db, "PRAGMA user_version") >= JournalFormat.EDITION
                || has(db, "id = (SELECT max(id) FROM entry) AND instr(detail, '\"record\":') > 0")
                || has(db, "kind IN ('pruned', 'state', 'damage') AND instr(detail, '\"record\":') > 0")) {
            return JournalFormat.EDITION;
        }
        try {
            boolean marked = RowQueries.number(db, "PRAGMA user_version") > 0
                    || RowQueries.number(db, "PRAGMA application_id") == JournalFormat.HAD_ROWS
                    || newest.id() > 0 && Chain.isOfThisFormat(anchorFile);
            return marked || has(db, "kind IN ('pruned', 'wishes', 'damage')") ? 1 : 0;
        } catch (IOException e) {
            return 1;
        }
    }

    private static boolean has(Connection db, String which) throws SQLException {
        return RowQueries.number(db,
                "SELECT count(*) FROM (SELECT 1 FROM entry NOT INDEXED WHERE " + which + " LIMIT 1)") > 0;
    }

    /** Reads the state from the rows, and for earlier editions from their tables. */
    static Trust trust(Connection db, Optional<Head> anchor, int edition) throws SQLException {
        Trust rows = Trust.of(db, anchor);
        if (edition == JournalFormat.EDITION) {
            return rows;
        }
        FirstEdition before = new FirstEdition(db);
        Collection<Intent> intents = rows.state().intents().all().values();
        RecordedState state = before.state(edition == 0 ? withForgotten(db, before, intents) : intents);
        return rows.with(state, before.complaints());
    }

    /**
     * The oldest journals did not record what they forgot. The table decides for the time of the forgotten rows, the
     * rows for the time after.
     */
    private static Collection<Intent> withForgotten(Connection db, FirstEdition before, Collection<Intent> told)
            throws SQLException {
        Map<Intent.Id, Intent> intents = new LinkedHashMap<>();
        if (RowQueries.pruned(db).isPresent()) {
            Instant first = RowQueries.rows(db, "ORDER BY id LIMIT 1").stream().findFirst().map(JournalRow::at)
                    .orElse(Instant.MAX);
            before.intents().stream().filter(w -> !w.by().at().isAfter(first)).forEach(w -> intents.put(w.id(), w));
        }
        told.forEach(w -> intents.put(w.id(), w));
        return intents.values();
    }
}
