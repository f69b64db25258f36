package net.reroute.core;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * One thing that an admin, a playbook or a drill asked for and that stays in force.
 *
 * @param kind what was asked for
 * @param key the service of a PIN, the server of a MAINTENANCE, server and start of a WINDOW; otherwise empty
 * @param server the server of a PIN or WINDOW; otherwise empty
 * @param by the author
 * @param until when the intent expires; empty: never
 * @param stay of a PIN: stay there even if the server is DOWN; of a WINDOW: begin even if a service would have no
 *     server left
 * @param from when the maintenance of a WINDOW begins
 */
public record Intent(Kind kind, String key, String server, Attribution by, Optional<Instant> until, boolean stay,
        Optional<Instant> from) {

    /**
     * PIN: the service should be at this server. MAINTENANCE: the server must carry nothing. PAUSE: nothing moves
     * automatically. WINDOW: a maintenance that begins later. LEAD: this controller acts although its inventory says
     * observe.
     */
    public enum Kind {
        PIN, MAINTENANCE, PAUSE, WINDOW, LEAD
    }

    /** The identity of an intent: a new one of the same kind and key replaces it. */
    public record Id(Kind kind, String key) {

        @Override
        public String toString() {
            return kind.name().toLowerCase(java.util.Locale.ROOT) + (key.isEmpty() ? "" : " " + key);
        }
    }

    public Id id() {
        return new Id(kind, key);
    }

    /** For people, without author and reason. */
    public String text() {
        return id() + (kind == Kind.PIN ? " to " + server : "") + (stay ? ", stay" : "")
                + until.map(u -> " until " + u.truncatedTo(ChronoUnit.SECONDS)).orElse("");
    }

    boolean over(Instant now) {
        return until.filter(u -> !u.isAfter(now)).isPresent();
    }

    public static Intent pin(String service, String server, Attribution by, Optional<Instant> until, boolean stay) {
        return new Intent(Kind.PIN, service, server, by, until, stay, Optional.empty());
    }

    public static Intent maintenance(String server, Attribution by, Optional<Instant> until) {
        return new Intent(Kind.MAINTENANCE, server, "", by, until, false, Optional.empty());
    }

    public static Intent pause(Attribution by) {
        return new Intent(Kind.PAUSE, "", "", by, Optional.empty(), false, Optional.empty());
    }

    public static Intent lead(Attribution by) {
        return new Intent(Kind.LEAD, "", "", by, Optional.empty(), false, Optional.empty());
    }

    /**
     * A planned maintenance. A server may have several.
     *
     * @param force begin even if a service would have no server left
     */
    public static Intent window(String server, Attribution by, Instant from, Instant until, boolean force) {
        return new Intent(Kind.WINDOW, server + " from " + from, server, by, Optional.of(until), force,
                Optional.of(from));
    }
}
