package net.reroute.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.control.Controller;
import net.reroute.core.CheckSpec;
import net.reroute.core.Health;
import net.reroute.health.Steadiness;

/**
 * What one check reports about a server.
 *
 * @param steady how often it failed recently, and turned
 * @param timers of the check; empty for the question whether the server has the address
 */
public record CheckReport(String name, Health health, Steadiness.Of steady, Optional<CheckSpec.Timers> timers) {

    /** All checks of a server for a service. */
    static List<CheckReport> of(Controller controller, String server, String service) {
        List<CheckReport> checks = new ArrayList<>();
        controller.monitor().healths(server, service).forEach((check, health) -> checks.add(new CheckReport(check,
                health, controller.monitor().steadiness(server, check, service),
                Optional.ofNullable(controller.inventory().checks().get(check)).map(CheckSpec::timers))));
        return checks;
    }
}
