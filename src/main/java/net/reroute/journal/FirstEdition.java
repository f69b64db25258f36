package net.reroute.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.ActiveIntents;
import net.reroute.core.Address;
import net.reroute.core.Assignment;
import net.reroute.core.Assignment.Origin;
import net.reroute.core.Attribution;
import net.reroute.core.Earlier;
import net.reroute.core.Facts.Begun;
import net.reroute.core.Facts.Leg;
import net.reroute.core.Facts.RouterService;
import net.reroute.core.Facts.Settled;
import net.reroute.core.Facts.Shelf;
import net.reroute.core.Facts.Shown;
import net.reroute.core.HardwareAddress;
import net.reroute.core.Health;
import net.reroute.core.Intent;
import net.reroute.core.ProgramRemarks.Phase;
import net.reroute.core.ProgramRemarks.Played;
import net.reroute.core.Record;
import net.reroute.core.RecordedState;
import net.reroute.core.RecordedState.Note;
import net.reroute.core.RecordedState.NoteId;
import net.reroute.core.Target;
import net.reroute.core.Text;

/**
 * Reads a journal of the first edition: its rows are sentences, and its state is in tables beside them. It is read
 * once, when it is migrated to records. Its rows and their chain do not change.
 */
final class FirstEdition {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> SAY_ALL_WISHES = Set.of("pruned", "wishes", JournalFormat.DAMAGE);
    /** Columns of table "wish" that the oldest journals lack. */
    private static final List<String> LATER = List.of("begins", "actor");

    private final JournalSchema tables;
    private final List<String> complaints = new ArrayList<>();

    FirstEdition(Connection db) {
        this.tables = new JournalSchema(db);
    }

    /** The entries of the last call that could not be read and were left out. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    // ---- rows ----------------------------------------------------------------------------------------------------

    /** Converts a row to a record. What the row does not say stays empty. */
    static Record read(JournalRow row, JsonNode detail) throws JsonProcessingException {
        if (row.kind().equals("wish")) {
            return IntentJson.read(row, detail);
        }
        if (detail.has("routers")) {
            return MoveJson.read(row, detail);
        }
        if (row.kind().equals("play")) {
            return new Played(ActorJson.read(detail.path("actor"), row.actor()), row.subject(), phase(row.text()),
                    row.text(), detail.path("output").asText(), false);
        }
        return new Earlier(row.kind(), ActorJson.read(detail.path("actor"), row.actor()), row.subject(), row.text(),
                SAY_ALL_WISHES.contains(row.kind()) ? Optional.of(intents(detail)) : Optional.empty());
    }

    /** Only the sentence shows how far the playbook came. */
    private static Phase phase(String text) {
        if (text.contains("ended: ") || text.contains("stopped: ")) {
            return Phase.ENDED;
        }
        return text.contains("cut off ") ? Phase.CUT_OFF : Phase.STEP;
    }

    private static Collection<Intent> intents(JsonNode detail) {
        List<Intent> intents = new ArrayList<>();
        detail.path("wishes").forEach(w -> intents.add(WishJson.read(w)));
        return intents;
    }

    // ---- tables --------------------------------------------------------------------------------------------------

    /**
     * Reads the state from the tables.
     *
     * @param obeyed intents from rows; those that only the table has are not obeyed, and are reported
     */
    RecordedState state(Collection<Intent> obeyed) throws SQLException {
        complaints.clear();
        compare(obeyed);
        Map<String, Assignment> assignments = new HashMap<>();
        each("placement", r -> assignments.put(r.getString("service"),
                new Assignment(words(r.getString("servers")), Origin.valueOf(r.getString("origin")),
                        Instant.parse(r.getString("since")), r.getString("why"))));
        Map<RouterService, Shown> seen = new HashMap<>();
        each("seen", r -> seen.put(at(r), new Shown(List.of(), words(r.getString("hops")))));
        Map<String, Set<Address>> owned = new HashMap<>();
        each("ours", r -> owned.computeIfAbsent(r.getString("service"), s -> new HashSet<>())
                .add(Address.parse(r.getString("hop"))));
        Map<String, Begun> begun = new HashMap<>();
        each("begun", r -> begun.put(r.getString("service"),
                new Begun(words(r.getString("servers")), r.getString("reason"))));
        Map<NoteId, Note> notes = notes();
        return new RecordedState(ActiveIntents.of(obeyed), assignments, seen, owned, begun, health(), kept(), held(),
                hardware(), Map.of(), notes,
                notes.size());
    }

    private static RouterService at(ResultSet r) throws SQLException {
        return new RouterService(r.getString("router"), r.getString("service"));
    }

    private void compare(Collection<Intent> obeyed) throws SQLException {
        Map<Intent.Id, Intent> inForce = new HashMap<>();
        obeyed.forEach(w -> inForce.put(w.id(), w));
        for (Intent beside : intents()) {
            if (!beside.equals(inForce.get(beside.id()))) {
                complaints.add("the table of wishes says '" + beside.text() + "', and no row of the journal does; it is"
                        + " not obeyed");
            }
        }
    }

    /** The intents in table "wish". */
    List<Intent> intents() throws SQLException {
        List<Intent> intents = new ArrayList<>();
        boolean whole = tables.columns("wish").containsAll(LATER);
        each("wish", r -> intents.add(intent(r, whole)));
        return intents;
    }

    private static Intent intent(ResultSet r, boolean whole) throws SQLException {
        Attribution by = new Attribution(ActorJson.read(whole ? r.getString("actor") : null, r.getString("who")),
                r.getString("why"),
                Instant.parse(r.getString("at")));
        return new Intent(Intent.Kind.valueOf(r.getString("kind")), r.getString("name"), r.getString("server"), by,
                Optional.ofNullable(r.getString("until")).map(Instant::parse), r.getInt("stay") == 1,
                Optional.ofNullable(whole ? r.getString("begins") : null).map(Instant::parse));
    }

    private Map<Target, Settled> health() throws SQLException {
        Map<Target, Settled> health = new HashMap<>();
        each("health", r -> health.put(
                new Target(r.getString("server"), r.getString("name"), r.getString("service")),
                new Settled(Health.State.valueOf(r.getString("state")), Instant.parse(r.getString("since")))));
        return health;
    }

    private Map<RouterService, Map<Address, String>> kept() throws SQLException {
        Map<RouterService, Map<Address, String>> kept = new HashMap<>();
        each("kept", r -> kept.computeIfAbsent(at(r), a -> new HashMap<>()).put(Address.parse(r.getString("hop")),
                r.getString("line")));
        return kept;
    }

    private Map<String, String> held() throws SQLException {
        Map<String, String> held = new HashMap<>();
        each("takeover", r -> held.put(r.getString("server"), r.getString("at")));
        return held;
    }

    private Map<Leg, HardwareAddress> hardware() throws SQLException {
        Map<Leg, HardwareAddress> hardware = new HashMap<>();
        each("hardware", r -> hardware.put(new Leg(r.getString("server"), r.getString("leg")),
                new HardwareAddress(r.getString("address"))));
        return hardware;
    }

    private Map<NoteId, Note> notes() throws SQLException {
        Map<NoteId, Note> notes = new HashMap<>();
        for (Shelf shelf : Shelf.values()) {
            each(shelf.name().toLowerCase(java.util.Locale.ROOT), r -> notes.put(new NoteId(shelf, r.getString("id")),
                    new Note(notes.size(), r.getString("text"))));
        }
        return notes;
    }

    /** Reads each row of a table. A row that cannot be read is left out and reported. */
    private void each(String table, JournalSchema.RowReader reader) throws SQLException {
        if (tables.columns(table).isEmpty()) {
            return; // the journal is older than the table
        }
        tables.query("SELECT * FROM " + table + " ORDER BY rowid", rows -> {
            try {
                if (!table.equals("wish")) {
                    requireWhole(rows);
                }
                reader.read(rows);
            } catch (SQLException e) {
                if (Damage.is(e)) {
                    throw e;
                }
                complain(table, rows, e);
            } catch (RuntimeException e) {
                complain(table, rows, e);
            }
        });
    }

    private static void requireWhole(ResultSet row) throws SQLException {
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            if (row.getString(i) == null) {
                throw new SQLException("its " + row.getMetaData().getColumnName(i) + " is empty");
            }
        }
    }

    private void complain(String table, ResultSet row, Exception e) throws SQLException {
        complaints.add("what is remembered in '" + table + "' about '" + Text.one(String.valueOf(row.getString(1)))
                + "' cannot be read and is left out: " + Text.one(String.valueOf(e.getMessage())));
    }

    private static List<String> words(String json) throws SQLException {
        try {
            List<String> words = new ArrayList<>();
            JSON.readTree(json).forEach(w -> words.add(w.asText()));
            return List.copyOf(words);
        } catch (JsonProcessingException e) {
            throw new SQLException("a list that cannot be read", e);
        }
    }
}
