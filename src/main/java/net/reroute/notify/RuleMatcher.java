package net.reroute.notify;

import java.util.Arrays;
import java.util.List;
import net.reroute.core.NotificationRule;

/** Decides whether an alert matches a rule. */
record RuleMatcher(NotificationRule rule, ServiceMembership membership) {

    boolean wants(Alert alert) {
        List<String> servers = Arrays.stream(alert.facts().getOrDefault("server", "").split("\\+"))
                .filter(s -> !s.isEmpty()).toList();
        String service = alert.facts().getOrDefault("service", "");
        boolean itsService = rule.services().isEmpty() || (service.isEmpty()
                ? servers.stream().anyMatch(s -> membership.serves(s, rule.services()))
                : rule.services().contains(service));
        boolean itsServer = rule.servers().isEmpty() || servers.stream().anyMatch(rule.servers()::contains);
        // Alerts about routers and the program match every rule.
        boolean general = service.isEmpty() && servers.isEmpty();
        return alert.severity().compareTo(rule.least()) >= 0 && (general || itsService && itsServer);
    }
}
