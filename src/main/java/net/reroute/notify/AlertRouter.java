package net.reroute.notify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Event;
import net.reroute.core.NotificationRule;
import net.reroute.core.NotificationRule.Severity;

/** Hands each alert to the channels of the rules that match it. Not safe for many threads: the caller holds a lock. */
final class AlertRouter {

    /** Takes an alert for one channel. */
    interface Destination {

        /** @param since when the problem began, for a resolved alert; else when it happened */
        void put(String channel, String rule, Alert alert, Instant since);
    }

    private final OpenProblems problems;
    private final Destination destination;
    private List<NotificationRule> rules = List.of();
    private ServiceMembership membership = (server, services) -> false;

    AlertRouter(OpenProblems problems, Destination destination) {
        this.problems = problems;
        this.destination = destination;
    }

    void use(List<NotificationRule> those, ServiceMembership of) {
        this.rules = those;
        this.membership = of;
    }

    void route(Event event) {
        for (Alert alert : Alert.of(event)) {
            // The resolved message goes to every rule that sent the alert, whatever else the rule asks for.
            rules.stream().filter(
                    r -> alert.state() == Alert.Phase.RESOLVED || new RuleMatcher(r, membership).wants(alert))
                    .forEach(rule -> route(rule, alert));
        }
    }

    private void route(NotificationRule rule, Alert alert) {
        if (alert.state() == Alert.Phase.FIRING && !problems.open(rule.name(), alert) && !alert.hasReasons()) {
            return; // already sent; a reload found it again
        }
        // A resolved message goes out only where its alert did.
        begin(rule, alert).ifPresent(
                since -> rule.to().forEach(channel -> destination.put(channel, rule.name(), alert, since)));
    }

    private Optional<Instant> begin(NotificationRule rule, Alert alert) {
        return alert.state() == Alert.Phase.RESOLVED
                ? problems.close(rule.name(), alert)
                : Optional.of(alert.at());
    }

    Set<OpenProblem> open() {
        return problems.all();
    }

    /** Resolves a problem that ended without an event. */
    void resolve(OpenProblem problem, String text) {
        Alert alert = new Alert(Instant.now(), problem.event(), Severity.WARNING, Alert.Phase.RESOLVED, text,
                problem.about());
        rules.forEach(rule -> route(rule, alert));
        problems.forget(problem); // also where the rule is gone, without a message
    }
}
