package net.reroute.core;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * Something that happened, or is about to, and that somebody may want to act on or to be told of.
 *
 * @param kind of event
 * @param at when
 * @param facts by name: service, server, check, from, to, router, text; only those that the kind has
 */
public record Event(Kind kind, Instant at, Map<String, String> facts) {

    /** What a playbook can be bound to. SERVER_SUSPECT: the first failure of a server that is UP; nothing is decided yet. */
    public enum Kind {
        SERVER_SUSPECT, SERVER_DOWN, SERVER_UP, BEFORE_MOVE, MOVED, NOT_MOVED, DRAINED, UNDRAINED, TAKEOVER, RELEASED, ROUTER_UNREACHABLE, ROUTER_BACK, DRIFT, STARTED;

        /** As it is written in files. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Event {
        facts = Map.copyOf(facts);
    }

    /** A fact, empty if it has none of that name. */
    public String fact(String name) {
        return facts.getOrDefault(name, "");
    }

    /** True if it has all these facts. */
    public boolean matches(Map<String, String> filter) {
        return filter.entrySet().stream().allMatch(e -> fact(e.getKey()).equals(e.getValue()));
    }
}
