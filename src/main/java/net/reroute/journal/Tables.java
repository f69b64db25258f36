package net.reroute.journal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.By;
import net.reroute.core.HardwareAddress;
import net.reroute.core.Health.State;
import net.reroute.core.Lines;
import net.reroute.core.Placement;
import net.reroute.core.Placement.Origin;
import net.reroute.core.Remembered;
import net.reroute.core.Remembered.At;
import net.reroute.core.Remembered.Begun;
import net.reroute.core.Remembered.Leg;
import net.reroute.core.Remembered.Settled;
import net.reroute.core.Target;
import net.reroute.core.Wish;
import net.reroute.core.Wishes;

/** The tables beside the rows: what is true now. Every statement here runs inside the caller's transaction. */
final class Tables {

    static final List<String> SCHEMA = List.of(
            "CREATE TABLE IF NOT EXISTS entry (id INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL,"
                    + " actor TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL, detail TEXT NOT NULL,"
                    + " hash TEXT NOT NULL)",
            "CREATE TABLE IF NOT EXISTS pruned (one INTEGER PRIMARY KEY CHECK (one = 1), id INTEGER, hash TEXT)",
            "CREATE TABLE IF NOT EXISTS wish (kind TEXT, name TEXT, server TEXT, who TEXT, why TEXT, at TEXT, until TEXT,"
                    + " stay INTEGER, begins TEXT, actor TEXT, PRIMARY KEY (kind, name))",
            "CREATE TABLE IF NOT EXISTS placement (service TEXT PRIMARY KEY, servers TEXT, origin TEXT, since TEXT,"
                    + " why TEXT)",
            "CREATE TABLE IF NOT EXISTS seen (router TEXT, service TEXT, hops TEXT, PRIMARY KEY (router, service))",
            "CREATE TABLE IF NOT EXISTS ours (service TEXT, hop TEXT, PRIMARY KEY (service, hop))",
            "CREATE TABLE IF NOT EXISTS kept (router TEXT, service TEXT, hop TEXT, line TEXT,"
                    + " PRIMARY KEY (router, service, hop))",
            "CREATE TABLE IF NOT EXISTS takeover (server TEXT PRIMARY KEY, at TEXT)",
            "CREATE TABLE IF NOT EXISTS hardware (server TEXT, leg TEXT, address TEXT, PRIMARY KEY (server, leg))",
            "CREATE TABLE IF NOT EXISTS begun (service TEXT PRIMARY KEY, servers TEXT, reason TEXT)",
            "CREATE TABLE IF NOT EXISTS health (server TEXT, name TEXT, service TEXT, state TEXT, since TEXT,"
                    + " PRIMARY KEY (server, name, service))",
            "CREATE TABLE IF NOT EXISTS play (id TEXT PRIMARY KEY, text TEXT)",
            "CREATE TABLE IF NOT EXISTS job (id TEXT PRIMARY KEY, text TEXT)",
            "CREATE TABLE IF NOT EXISTS outbox (id TEXT PRIMARY KEY, text TEXT)",
            "CREATE TABLE IF NOT EXISTS problem (id TEXT PRIMARY KEY, text TEXT)",
            "CREATE TABLE IF NOT EXISTS certificate (id TEXT PRIMARY KEY, text TEXT)",
            // Of earlier versions. What is obeyed is not looked up in an index: that is one more thing to believe.
            "DROP INDEX IF EXISTS entry_wish", "DROP INDEX IF EXISTS entry_obeyed");

    /** Columns of "wish" that older journals lack: planned maintenances, and what kind of actor wished. */
    private static final List<String> LATER = List.of("begins", "actor");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Connection db;
    private final List<String> complaints = new ArrayList<>();

    Tables(Connection db) {
        this.db = db;
    }

    /** Of all tables, rows first. */
    static List<String> names() {
        return SCHEMA.stream().filter(s -> s.startsWith("CREATE TABLE")).map(s -> s.split(" ")[5]).toList();
    }

    /** What could not be read of what was remembered, and was left out; grows while it is read. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /**
     * Looks whether tables are tables: a view may have no end, and a trigger acts by itself.
     *
     * @throws SQLException as of damage, if they are not
     */
    void requireTables() throws SQLException {
        query("SELECT type, name FROM sqlite_master", r -> {
            String type = String.valueOf(r.getString("type"));
            if (type.equals("trigger") || !type.equals("table") && names().contains(r.getString("name"))) {
                throw new SQLException("it holds a " + type + " '" + Lines.one(String.valueOf(r.getString("name")))
                        + "', which is not ours", "", Rescue.CORRUPT);
            }
        });
    }

    void create() throws SQLException {
        requireTables();
        try (Statement statement = db.createStatement()) {
            for (String table : SCHEMA) {
                statement.execute(table);
            }
        }
        for (String later : LATER) {
            if (!columns("wish").contains(later)) {
                run("ALTER TABLE wish ADD COLUMN " + later + " TEXT");
            }
        }
    }

    private Set<String> columns(String table) throws SQLException {
        Set<String> columns = new HashSet<>();
        query("PRAGMA table_info(" + table + ")", r -> columns.add(r.getString("name")));
        return columns;
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /** A row that says what nobody can read is left out, and named: the others are none the worse for it. */
    private void each(String table, RowReader reader) throws SQLException {
        each(table, "", reader);
    }

    private void each(String table, String order, RowReader reader) throws SQLException {
        query("SELECT * FROM " + table + order, rows -> {
            try {
                if (!table.equals("wish")) {
                    requireWhole(rows);
                }
                reader.read(rows);
            } catch (SQLException e) {
                if (Rescue.isDamage(e)) {
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
        complaints.add("what is remembered in '" + table + "' about '" + Lines.one(String.valueOf(row.getString(1)))
                + "' cannot be read and is left out: " + Lines.one(String.valueOf(e.getMessage())));
    }

    private void query(String query, RowReader reader) throws SQLException {
        try (Statement statement = db.createStatement(); ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }

    /** Returns how many rows that was about. */
    int run(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = db.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** What is remembered; wishes are those of the rows. */
    Remembered load(Trust trust) throws SQLException {
        complaints.clear();
        Collection<Wish> wishes = wishesInForce(trust);
        Map<String, Placement> placements = new HashMap<>();
        each("placement", r -> placements.put(r.getString("service"),
                new Placement(words(r.getString("servers")), Origin.valueOf(r.getString("origin")),
                        Instant.parse(r.getString("since")), r.getString("why"))));
        Map<At, List<Address>> seen = new HashMap<>();
        each("seen", r -> seen.put(new At(r.getString("router"), r.getString("service")),
                words(r.getString("hops")).stream().map(Address::parse).toList()));
        Map<String, Set<Address>> ours = new HashMap<>();
        each("ours", r -> ours.computeIfAbsent(r.getString("service"), s -> new HashSet<>())
                .add(Address.parse(r.getString("hop"))));
        Map<String, Begun> begun = new HashMap<>();
        each("begun", r -> begun.put(r.getString("service"),
                new Begun(words(r.getString("servers")), r.getString("reason"))));
        return new Remembered(Wishes.of(wishes), placements, seen, ours, begun, health(), kept(), takeovers(),
                hardware());
    }

    private Collection<Wish> wishesInForce(Trust trust) throws SQLException {
        complaints.addAll(trust.complaints());
        Map<Wish.Id, Wish> inForce = new HashMap<>();
        trust.wishes().forEach(w -> inForce.put(w.id(), w));
        for (Wish beside : wishes()) {
            if (!beside.equals(inForce.get(beside.id()))) {
                complaints.add("the table of wishes says '" + beside.text() + "', and no row of the journal does; it is"
                        + " not obeyed");
            }
        }
        return trust.wishes();
    }

    /** What the table beside the rows says. */
    List<Wish> wishes() throws SQLException {
        List<Wish> wishes = new ArrayList<>();
        Set<String> columns = columns("wish");
        each("wish", r -> wishes.add(wish(r, columns.containsAll(LATER))));
        return wishes;
    }

    private Map<Leg, HardwareAddress> hardware() throws SQLException {
        Map<Leg, HardwareAddress> hardware = new HashMap<>();
        each("hardware", r -> hardware.put(new Leg(r.getString("server"), r.getString("leg")),
                new HardwareAddress(r.getString("address"))));
        return hardware;
    }

    private Map<String, String> takeovers() throws SQLException {
        Map<String, String> takeovers = new HashMap<>();
        each("takeover", r -> takeovers.put(r.getString("server"), r.getString("at")));
        return takeovers;
    }

    private Map<At, Map<Address, String>> kept() throws SQLException {
        Map<At, Map<Address, String>> kept = new HashMap<>();
        each("kept", r -> kept
                .computeIfAbsent(new At(r.getString("router"), r.getString("service")), a -> new HashMap<>())
                .put(Address.parse(r.getString("hop")), r.getString("line")));
        return kept;
    }

    private Map<Target, Settled> health() throws SQLException {
        Map<Target, Settled> health = new HashMap<>();
        each("health", r -> health.put(
                new Target(r.getString("server"), r.getString("name"), r.getString("service")),
                new Settled(State.valueOf(r.getString("state")), Instant.parse(r.getString("since")))));
        return health;
    }

    private static Wish wish(ResultSet r, boolean whole) throws SQLException {
        By by = new By(ActorJson.read(whole ? r.getString("actor") : null, r.getString("who")), r.getString("why"),
                Instant.parse(r.getString("at")));
        return new Wish(Wish.Kind.valueOf(r.getString("kind")), r.getString("name"), r.getString("server"), by,
                Optional.ofNullable(r.getString("until")).map(Instant::parse), r.getInt("stay") == 1,
                Optional.ofNullable(whole ? r.getString("begins") : null).map(Instant::parse));
    }

    void put(Wish w) throws SQLException {
        run("INSERT OR REPLACE INTO wish (kind, name, server, who, why, at, until, stay, begins, actor)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", w.kind().name(), w.key(), w.server(),
                w.by().who(), w.by().why(), w.by().at().toString(), w.until().map(Instant::toString).orElse(null),
                w.stay() ? 1 : 0, w.from().map(Instant::toString).orElse(null),
                ActorJson.of(w.by().actor()).toString());
    }

    void remove(Wish.Id id) throws SQLException {
        run("DELETE FROM wish WHERE kind = ? AND name = ?", id.kind().name(), id.key());
    }

    void put(String service, Placement p) throws SQLException {
        run("INSERT OR REPLACE INTO placement VALUES (?, ?, ?, ?, ?)", service, list(p.servers()), p.origin().name(),
                p.since().toString(), p.why());
    }

    void put(At at, List<Address> hops) throws SQLException {
        run("INSERT OR REPLACE INTO seen VALUES (?, ?, ?)", at.router(), at.service(),
                list(hops.stream().map(Address::toString).toList()));
    }

    void putOurs(String service, List<Address> hops) throws SQLException {
        for (Address hop : hops) {
            run("INSERT OR IGNORE INTO ours VALUES (?, ?)", service, hop.toString());
        }
    }

    void putKept(At at, Map<Address, String> lines) throws SQLException {
        for (var line : lines.entrySet()) {
            run("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", at.router(), at.service(),
                    line.getKey().toString(), line.getValue());
        }
    }

    void putHardware(Leg leg, HardwareAddress address) throws SQLException {
        run("INSERT OR REPLACE INTO hardware VALUES (?, ?, ?)", leg.server(), leg.on(), address.toString());
    }

    void putTakeover(String server, Optional<String> at) throws SQLException {
        if (at.isPresent()) {
            run("INSERT OR REPLACE INTO takeover VALUES (?, ?)", server, at.get());
        } else {
            run("DELETE FROM takeover WHERE server = ?", server);
        }
    }

    void put(String service, Begun begun) throws SQLException {
        run("INSERT OR REPLACE INTO begun VALUES (?, ?, ?)", service, list(begun.to()), begun.reason());
    }

    /** What is kept by an id, in the order it came. */
    Map<String, String> kept(Memory.Kept kind) throws SQLException {
        Map<String, String> all = new LinkedHashMap<>();
        each(kind.table(), " ORDER BY rowid", r -> all.put(r.getString("id"), r.getString("text")));
        return all;
    }

    void keep(Memory.Kept kind, String id, String text) throws SQLException {
        run("INSERT INTO " + kind.table() + " VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET text = excluded.text", id,
                text);
    }

    void forget(Memory.Kept kind, String id) throws SQLException {
        run("DELETE FROM " + kind.table() + " WHERE id = ?", id);
    }

    void ended(String service) throws SQLException {
        run("DELETE FROM begun WHERE service = ?", service);
    }

    void put(Target t, Settled s) throws SQLException {
        run("INSERT OR REPLACE INTO health VALUES (?, ?, ?, ?, ?)", t.server(), t.check(), t.service(),
                s.state().name(), s.since().toString());
    }

    private static String list(List<String> words) {
        ArrayNode array = JSON.createArrayNode();
        words.forEach(array::add);
        return array.toString();
    }

    private static List<String> words(String json) throws SQLException {
        try {
            List<String> words = new ArrayList<>();
            JSON.readTree(json).forEach(w -> words.add(w.asText()));
            return List.copyOf(words);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new SQLException("a list that cannot be read", e);
        }
    }
}
