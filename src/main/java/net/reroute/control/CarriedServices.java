package net.reroute.control;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.reroute.core.Assignment;
import net.reroute.core.Decision;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Inventory;
import net.reroute.core.Service;

/** What servers carry now, for requests that take something off them. */
final class CarriedServices {

    private final Controller controller;

    CarriedServices(Controller controller) {
        this.controller = controller;
    }

    /** The services at a server, and the lists that it is in. */
    Set<String> at(String server) {
        Inventory inventory = controller.inventory();
        return inventory.redirected().stream().filter(s -> inventory.isInList(s, server) || carries(s, server))
                .map(Service::name).collect(Collectors.toSet());
    }

    private boolean carries(Service service, String server) {
        return controller.assignment(service.name()).map(Assignment::servers).orElse(List.of()).contains(server);
    }

    /** Those of these decisions by which a service would be left at the server, or a list with nothing that serves. */
    List<Decision> stuck(List<Decision> decisions, String server) {
        Set<String> there = at(server);
        return decisions.stream().filter(d -> there.contains(d.service().name()))
                .filter(d -> d.kind() == Kind.HOLD || d.isLastResort()).toList();
    }

    /** True if a list that uses all of its members uses this one. */
    boolean isIn(Service list, String member) {
        return list.rules().share() == list.servers().size() && carries(list, member);
    }
}
