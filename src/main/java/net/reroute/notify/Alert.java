package net.reroute.notify;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.reroute.core.Event;
import net.reroute.core.NotificationRule.Severity;

/**
 * A notification to people: an event, or the begin or end of a problem.
 *
 * @param at when it happened
 * @param event word of the event; for a resolved alert, of the event that began it
 * @param severity how bad it is, or was
 * @param state whether it is over
 * @param text one sentence
 * @param facts what it is about
 */
record Alert(Instant at, String event, Severity severity, Phase state, String text, Map<String, String> facts) {

    /** INFO: it happened. FIRING: a problem began. RESOLVED: it is over. */
    enum Phase {
        INFO, FIRING, RESOLVED
    }

    private static final List<String> ABOUT = List.of("service", "server", "check", "router");

    Alert {
        facts = Collections.unmodifiableMap(new TreeMap<>(facts)); // in a fixed order, so that a repeat is identical
    }

    /** True if a new reason for the same problem is worth another message. */
    boolean hasReasons() {
        return List.of("not-moved", "drift").contains(event);
    }

    /** The identity of the problem. */
    String problem() {
        return event + " " + about().entrySet().stream().map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(" "));
    }

    /** The objects that it is about, by kind, in a fixed order. */
    Map<String, String> about() {
        Map<String, String> about = new TreeMap<>();
        ABOUT.forEach(name -> {
            if (!facts.getOrDefault(name, "").isEmpty()
                    && !(List.of("not-moved", "drift").contains(event) && name.equals("server"))) {
                about.put(name, facts.get(name));
            }
        });
        return about;
    }

    /** The alerts of an event: none, what happened, and what it resolves. */
    static List<Alert> of(Event event) {
        return switch (event.kind()) {
            case BEFORE_MOVE -> List.of();
            // A single failure concerns playbooks only; repeated failures without an end concern people.
            case SERVER_SUSPECT -> event.fact("failed").isEmpty()
                    ? List.of()
                    : List.of(alert(event, Severity.WARNING, Phase.INFO));
            case SERVER_DOWN -> List.of(alert(event, Severity.WARNING, Phase.FIRING));
            case SERVER_UP -> List.of(over(event, Event.Kind.SERVER_DOWN, Severity.WARNING));
            case MOVED -> List.of(over(event, Event.Kind.NOT_MOVED, Severity.CRITICAL),
                    over(event, Event.Kind.DRIFT, Severity.WARNING), alert(event,
                            event.fact("decision").equals("failover") ? Severity.WARNING : Severity.INFO, Phase.INFO));
            // A planned move that fails interrupts no service.
            case NOT_MOVED -> List.of(alert(event,
                    event.fact("decision").equals("planned") ? Severity.WARNING : Severity.CRITICAL, Phase.FIRING));
            case SETTLED -> List.of(over(event, Event.Kind.NOT_MOVED, Severity.CRITICAL),
                    over(event, Event.Kind.DRIFT, Severity.WARNING));
            case TAKEOVER -> List.of(alert(event, Severity.WARNING, Phase.FIRING));
            case RELEASED -> List.of(over(event, Event.Kind.TAKEOVER, Severity.WARNING));
            case ROUTER_UNREACHABLE -> List.of(alert(event, Severity.CRITICAL, Phase.FIRING));
            case ROUTER_BACK -> List.of(over(event, Event.Kind.ROUTER_UNREACHABLE, Severity.CRITICAL));
            case DRIFT -> List.of(alert(event, Severity.WARNING, Phase.FIRING));
            case TROUBLE, CERTIFICATE_EXPIRING -> List.of(alert(event, Severity.WARNING, Phase.INFO));
            case DRILLED -> List.of(alert(event,
                    event.fact("result").equals("pass") ? Severity.INFO : Severity.WARNING, Phase.INFO));
            case DRAINED, UNDRAINED, STARTED, MAINTENANCE_SOON -> List.of(alert(event, Severity.INFO, Phase.INFO));
        };
    }

    private static Alert alert(Event event, Severity severity, Phase state) {
        return new Alert(event.at(), event.kind().word(), severity, state, event.fact("text"), event.facts());
    }

    private static Alert over(Event event, Event.Kind began, Severity severity) {
        return new Alert(event.at(), began.word(), severity, Phase.RESOLVED, event.fact("text"), event.facts());
    }
}
