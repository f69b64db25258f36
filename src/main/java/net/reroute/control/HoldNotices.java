package net.reroute.control;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.reroute.core.Decision;
import net.reroute.core.Decision.Kind;
import net.reroute.core.RouteRemarks.Held;

/** Records why a service that should move does not: once, and again when the reason changes. */
final class HoldNotices {

    private final AuditLog audit;
    private final Map<String, String> said = new ConcurrentHashMap<>();

    HoldNotices(AuditLog audit) {
        this.audit = audit;
    }

    /** @param paused true if an admin paused moves */
    void about(Decision decision, boolean paused) {
        String service = decision.service().name();
        String reason = decision.kind() == Kind.HOLD && !decision.from().isEmpty() ? decision.reason().text() : "";
        String before = said.put(service, reason);
        if (!reason.isEmpty() && !steady(reason).equals(before == null ? "" : steady(before))) {
            audit.record(new Held(service, reason, paused));
        }
    }

    /** The reason without durations, which change without being news. */
    private static String steady(String reason) {
        return reason.replaceAll("\\d+(\\.\\d+)?(ms|s|m|h|d)\\w*", "");
    }

    void keepOnly(Set<String> services) {
        said.keySet().retainAll(services);
    }
}
