package net.reroute.rehearsal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.control.Controller;
import net.reroute.core.Assignment;
import net.reroute.core.Decision;
import net.reroute.core.Health.State;
import net.reroute.core.Service;

/**
 * A server as a member of services. It stands for itself, or for the sites that have it behind their speaker.
 *
 * @param controller that acts
 */
record Members(Controller controller) {

    private static List<String> of(String server, Service service) {
        return service.announced().map(a -> a.sites().entrySet().stream()
                .filter(site -> site.getValue().contains(server)).map(Map.Entry::getKey).toList())
                .orElse(List.of(server));
    }

    /** What is known of a server itself. */
    State state(String server, Service service) {
        return controller.monitor().verdict(server, service.name()).state();
    }

    /** True if a service is at this server, or at a site of it. */
    boolean carries(String server, Service service) {
        List<String> at = controller.assignment(service.name()).map(Assignment::servers).orElse(List.of());
        return of(server, service).stream().anyMatch(at::contains);
    }

    /** Why a service has not left a server that is DOWN, in a sentence. */
    String whyItStays(String server, Service service, Decision decision) {
        List<String> left = service.announced().stream().flatMap(a -> a.sites().values().stream())
                .filter(site -> site.contains(server)).flatMap(List::stream)
                .filter(s -> state(s, service) == State.UP).toList();
        return left.isEmpty()
                ? service.name() + " stays at " + String.join(", ", of(server, service)) + ": "
                        + decision.reason().text()
                : service.name() + " is still announced by " + String.join(", ", of(server, service)) + ", since "
                        + String.join(", ", left) + " is UP there";
    }

    /** True if a service belongs at this server, or at a site of it, while all are UP. */
    boolean isHome(String server, Service service) {
        return service.announced().isEmpty()
                ? service.home().equals(server)
                : of(server, service).stream().anyMatch(service.preferred(Optional.empty())::contains);
    }
}
