package net.reroute.core;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Something that happened or is about to happen. Playbooks and notification rules react to it.
 *
 * @param at by the wall clock
 * @param facts by name, see {@link #NAMES} and {@link #TEXTS}; only those that the kind has
 */
public record Event(Kind kind, Instant at, Map<String, String> facts) {

    /**
     * The events that a playbook can react to. SERVER_SUSPECT: the first failure of a server that was UP; if it failed
     * often lately, the fact "failed" says how often. TROUBLE: reroute could not do something, and an admin should
     * look. MAINTENANCE_SOON: a planned maintenance is near. SETTLED: a service that could not be moved, or drifted, is
     * where it should be again. CERTIFICATE_EXPIRING: a certificate shown to an https check has 14 days left or less.
     */
    public enum Kind {
        SERVER_SUSPECT, SERVER_DOWN, SERVER_UP, BEFORE_MOVE, MOVED, NOT_MOVED, DRAINED, UNDRAINED, TAKEOVER, RELEASED, ROUTER_UNREACHABLE, ROUTER_BACK, DRIFT, STARTED, MAINTENANCE_SOON, DRILLED, SETTLED, TROUBLE, CERTIFICATE_EXPIRING;

        /** The facts that a playbook can filter by. */
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

        /** The name used in files. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Facts that are names and addresses. Their characters are restricted, so that they are safe in any command. */
    public static final List<String> NAMES = List.of("service", "prefix", "server", "address", "check", "from", "to",
            "router");
    /** Facts that contain words of machines and people. */
    public static final List<String> TEXTS = List.of("event", "text", "output", "time", "failed");

    public Event {
        Map<String, String> clean = new HashMap<>();
        facts.forEach((name, fact) -> clean.put(name, Text.clean(fact)));
        facts = Map.copyOf(clean);
    }

    /** The fact of that name; empty if the event does not have it. */
    public String fact(String name) {
        return facts.getOrDefault(name, "");
    }

    /** True if the event has all these facts with these values. */
    public boolean matches(Map<String, String> filter) {
        return filter.entrySet().stream().allMatch(e -> fact(e.getKey()).equals(e.getValue()));
    }

    /** Splits an event about several servers, joined by +, into one event for each server. */
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

    /** What the event is about. A playbook runs at most once at a time for the same subject. */
    public String subject() {
        return String.join(" ", List.of(fact("server"), fact("service"), fact("check"), fact("router")).stream()
                .filter(f -> !f.isEmpty()).toList());
    }
}
