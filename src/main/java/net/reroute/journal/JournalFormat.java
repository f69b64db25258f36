package net.reroute.journal;

import java.util.Map;

/** Names and marks in a journal's files, tables and rows. */
final class JournalFormat {

    static final String FILE = "journal.db";
    static final String ANCHOR = "journal.anchor";
    /** PRAGMA user_version of a database whose rows are records. */
    static final int EDITION = 2;
    /**
     * PRAGMA application_id of a database that has had a row: "rero" in ASCII. With it a journal without rows shows
     * that its rows were removed.
     */
    static final int HAD_ROWS = 0x7265726f;
    /** Row kinds about the journal itself. */
    static final String DAMAGE = "damage";
    static final String PRUNED = "pruned";

    /** The tables of the first edition beside its rows, with their columns. */
    static final Map<String, String> FIRST_EDITION = Map.ofEntries(
            Map.entry("wish", "kind, name, server, who, why, at, until, stay, begins, actor"),
            Map.entry("placement", "service, servers, origin, since, why"), Map.entry("seen", "router, service, hops"),
            Map.entry("ours", "service, hop"), Map.entry("kept", "router, service, hop, line"),
            Map.entry("takeover", "server, at"), Map.entry("hardware", "server, leg, address"),
            Map.entry("begun", "service, servers, reason"), Map.entry("health", "server, name, service, state, since"),
            Map.entry("play", "id, text"), Map.entry("job", "id, text"), Map.entry("outbox", "id, text"),
            Map.entry("problem", "id, text"), Map.entry("certificate", "id, text"));

    private JournalFormat() {}
}
