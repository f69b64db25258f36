package net.reroute.core;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Something that happened, or is about to, and that somebody may want to act on or to be told of.
 *
 * @param kind of event
 * @param at when, by the wall clock
 * @param facts by name, see {@link #FACTS}; only those that the kind has
 */
public record Event(Kind kind, Instant at, Map<String, String> facts) {

    /**
     * What a playbook can be bound to. SERVER_SUSPECT: the first failure of a server that was UP; nothing is
     * decided yet. Where it has failed often of late, the fact "failed" says how often.
     * TROUBLE: what reroute could not do and somebody should look at. MAINTENANCE_SOON: a window that was planned is near. SETTLED: a service that could not be
     * moved, or did otherwise than decided, is where it should be again. CERTIFICATE_EXPIRING: one that an https check was
     * shown has 14 days left or less.
     */
    public enum Kind {
        SERVER_SUSPECT, SERVER_DOWN, SERVER_UP, BEFORE_MOVE, MOVED, NOT_MOVED, DRAINED, UNDRAINED, TAKEOVER, RELEASED, ROUTER_UNREACHABLE, ROUTER_BACK, DRIFT, STARTED, MAINTENANCE_SOON, DRILLED, SETTLED, TROUBLE, CERTIFICATE_EXPIRING;

        /** What it tells of, besides its text. */
        public List<String> facts() {
            return switch (this) {
                case SERVER_SUSPECT, SERVER_DOWN, SERVER_UP, CERTIFICATE_EXPIRING ->
                    List.of("server", "check", "service");
                case BEFORE_MOVE, MOVED, NOT_MOVED -> List.of("service", "server", "decision");
                case DRAINED, UNDRAINED, TAKEOVER, RELEASED, MAINTENANCE_SOON -> List.of("server");
                case ROUTER_UNREACHABLE, ROUTER_BACK -> List.of("router");
                case DRIFT, SETTLED -> List.of("service");
                case DRILLED -> List.of("server", "result");
                case TROUBLE -> List.of("server", "service", "router");
                case STARTED -> List.of();
            };
        }

        /** As it is written in files. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Names of things in the inventory; these have a harmless form, so they may stand anywhere. */
    public static final List<String> NAMES = List.of("service", "prefix", "server", "address", "check", "from", "to",
            "router");
    /** What machines and people said. */
    public static final List<String> TEXTS = List.of("event", "text", "output", "time", "failed");

    public Event {
        Map<String, String> clean = new HashMap<>();
        facts.forEach((name, fact) -> clean.put(name, Text.clean(fact)));
        facts = Map.copyOf(clean);
    }

    /** A fact, empty if it has none of that name. */
    public String fact(String name) {
        return facts.getOrDefault(name, "");
    }

    /** True if it has all these facts. */
    public boolean matches(Map<String, String> filter) {
        return filter.entrySet().stream().allMatch(e -> fact(e.getKey()).equals(e.getValue()));
    }

    /** The same once for each server, where a move leaves several. */
    public List<Event> ofEachServer() {
        if (!fact("server").contains("+")) {
            return List.of(this);
        }
        return List.of(fact("server").split("\\+")).stream().map(server -> {
            Map<String, String> own = new HashMap<>(facts);
            own.put("server", server);
            return new Event(kind, at, own);
        }).toList();
    }

    /** What it is about, in a word or two: never two at once of the same playbook for the same subject. */
    public String subject() {
        return String.join(" ", List.of(fact("server"), fact("service"), fact("check"), fact("router")).stream()
                .filter(f -> !f.isEmpty()).toList());
    }
}
