package net.reroute.samples;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.reroute.core.Inventory;
import net.reroute.core.RouterSpec;
import net.reroute.core.Server;
import net.reroute.core.Service;

/** What stands in the boxes of a picture: a head, which begins with the name, and lines below it. */
record SampleWords(Inventory inventory) {

    boolean isAnnounced() {
        return inventory.services().values().stream().anyMatch(s -> s.announced().isPresent());
    }

    boolean isLan() {
        return inventory.services().values().stream().anyMatch(Service::livesOnLan);
    }

    /** Routers, or the LAN, with a line for each service. */
    Map<String, List<String>> leads() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        if (isLan()) {
            all.put("the LAN, no router", inventory.services().values().stream()
                    .map(s -> s.address() + " at " + s.home()).toList());
        }
        for (RouterSpec router : inventory.routers().values()) {
            all.put(router.name() + " (" + router.dialect() + ")  " + router.login().host(), lead(router));
        }
        return all;
    }

    private List<String> lead(RouterSpec router) {
        return inventory.services().values().stream().map(s -> s.announced().isPresent()
                ? "announces " + s.prefix()
                : s.prefix() + " to " + s.home()).toList();
    }

    /** Servers, with a line for each service. */
    Map<String, List<String>> holds() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (Server server : inventory.servers().values()) {
            all.put(server.name() + "  " + server.address(), inventory.services().values().stream()
                    .filter(s -> s.checkedMembers().contains(server.name()))
                    .map(s -> held(s, server)).toList());
        }
        return all;
    }

    private static String held(Service service, Server server) {
        if (!service.livesOnLan()) {
            return "lo: " + service.address();
        }
        String on = service.takeover().orElseThrow().interfaces().get(server.name());
        return on + ": " + (service.home().equals(server.name()) ? service.address() : "free for " + service.address());
    }

    /** What the picture shows, for those who do not see it. */
    String described() {
        return inventory.services().values().stream().map(s -> s.announced().isPresent()
                ? s.prefix() + " is announced by " + String.join(", ", s.servers())
                : (s.livesOnLan() ? s.address() : s.prefix()) + " is at " + s.home() + ", and next at "
                        + s.servers().get(1))
                .collect(Collectors.joining("; ")) + ". reroute checks the servers and changes what leads to them.";
    }
}
