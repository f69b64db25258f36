package net.reroute.core;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * One thing an admin wishes for.
 *
 * @param kind what
 * @param key the service of a PIN, the server of a MAINTENANCE, empty for PAUSE
 * @param server where a pinned service shall be; else empty
 * @param by who, why and when
 * @param until when the wish ends by itself
 * @param stay of a pin: remain there even when the server is DOWN; of a window: begin even if a service is left nowhere
 * @param from of a window: when its maintenance begins
 */
public record Intent(Kind kind, String key, String server, Attribution by, Optional<Instant> until, boolean stay,
        Optional<Instant> from) {

    /**
     * PIN: this service shall be there. MAINTENANCE: this server shall carry nothing. PAUSE: nothing moves unasked.
     * WINDOW: a maintenance that begins later. LEAD: this controller acts, though its inventory says observe.
     */
    public enum Kind {
        PIN, MAINTENANCE, PAUSE, WINDOW, LEAD
    }

    /** There is one wish of a kind for a key. */
    public record Id(Kind kind, String key) {

        @Override
        public String toString() {
            return kind.name().toLowerCase(java.util.Locale.ROOT) + (key.isEmpty() ? "" : " " + key);
        }
    }

    public Id id() {
        return new Id(kind, key);
    }

    /** In words, without who and why. */
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
     * A maintenance from then on; a server may have several.
     *
     * @param force also if a service is left nowhere by it
     */
    public static Intent window(String server, Attribution by, Instant from, Instant until, boolean force) {
        return new Intent(Kind.WINDOW, server + " from " + from, server, by, Optional.of(until), force,
                Optional.of(from));
    }
}
