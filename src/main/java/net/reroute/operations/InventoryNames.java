package net.reroute.operations;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.reroute.core.Inventory;
import net.reroute.core.Names;
import net.reroute.core.Playbook;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.core.Service;

/** Finds names in the inventory. Throws {@link UnknownNameException} with a suggestion if a name is unknown. */
record InventoryNames(Inventory inventory) {

    Service service(String nameOrPrefix) {
        return service(nameOrPrefix, "service or prefix", inventory.scope());
    }

    /** As {@link #service}, where a server could have been meant as well. */
    Service serviceNotServer(String nameOrPrefix) {
        Set<String> all = new LinkedHashSet<>(inventory.scope());
        all.addAll(inventory.servers().keySet());
        all.addAll(inventory.devices().keySet());
        return service(nameOrPrefix, "service, prefix, server or router", all);
    }

    private Service service(String nameOrPrefix, String what, Set<String> all) {
        return inventory.service(nameOrPrefix).orElseThrow(() -> new UnknownNameException("no " + what + " '"
                + nameOrPrefix + "'" + Names.didYouMean(nameOrPrefix, all) + hint(nameOrPrefix)));
    }

    /**
     * The services that these names, prefixes and patterns stand for, each once.
     *
     * @param server where they are to go, for the message if the two were exchanged
     */
    List<Service> services(List<String> names, String server) {
        Set<Service> all = new LinkedHashSet<>();
        for (String name : names) {
            if (isServerOnly(name) && inventory.service(server).isPresent()) {
                throw new UnknownNameException(name + " is a server, and " + server + " a service; write: reroute "
                        + server + " to " + name);
            }
            if (Glob.is(name)) {
                List<String> found = Glob.among(inventory.scope(), name);
                if (found.isEmpty()) {
                    throw new UnknownNameException("no service fits '" + name + "'");
                }
                found.forEach(f -> all.add(service(f)));
            } else {
                all.add(service(name));
            }
        }
        return List.copyOf(all);
    }

    /** The server, or for a name in DNS the service, that a service is to move to. */
    String target(Service service, String name) {
        return service.isList() ? listed(service, name) : server(name);
    }

    /** Host bits in a prefix, and an address inside one, are the usual mistakes. */
    private String hint(String text) {
        if (inventory.servers().containsKey(text)) {
            return "; it is a server: 'reroute drain " + text + "' and 'reroute undrain " + text + "' are about it";
        }
        try {
            Prefix prefix = Prefix.parse(text);
            return inventory.services().values().stream().filter(s -> s.prefix().contains(prefix.network())).findFirst()
                    .map(s -> "; it is inside " + s.prefix() + ", which is " + s.name()).orElse("");
        } catch (IllegalArgumentException e) {
            return text.indexOf('/') > 0 ? ": " + e.getMessage() : "";
        }
    }

    boolean isServerOnly(String name) {
        return inventory.servers().containsKey(name) && inventory.service(name).isEmpty();
    }

    /** True for a router or another device that is kept in touch with, if no service or server has this name. */
    boolean isDevice(String name) {
        return inventory.devices().containsKey(name) && inventory.service(name).isEmpty()
                && !inventory.servers().containsKey(name);
    }

    String server(String name) {
        String service = inventory.service(name).isPresent() && !inventory.servers().containsKey(name)
                ? "; it is a service, and 'reroute " + name + " to SERVER' moves it"
                : "";
        return known("server", name, inventory.servers().keySet(), service);
    }

    String zone(String name, Set<String> zones) {
        return known("zone", name, zones, zones.isEmpty()
                ? "; the inventory has no names in DNS"
                : "; there are " + String.join(", ", zones));
    }

    /** A service that a name in DNS lists. */
    String listed(Service name, String service) {
        return known("service", service, Set.copyOf(name.servers()),
                "; " + name.name() + " lists " + String.join(", ", name.servers()));
    }

    String check(String name) {
        return known("check", name, inventory.checks().keySet(), "");
    }

    RouterSpec router(String name) {
        Set<String> routers = inventory.routers().keySet();
        return inventory.routers().get(known("router", name, routers, "; there are " + String.join(", ", routers)));
    }

    Playbook playbook(String name, Path home) {
        Set<String> playbooks = inventory.response().playbooks().keySet();
        String there = playbooks.isEmpty()
                ? "; there is none in " + home.resolve("playbooks")
                : "; 'reroute jobs' lists them";
        return inventory.response().playbooks().get(known("playbook", name, playbooks, there));
    }

    private static String known(String what, String name, Set<String> all, String otherwise) {
        if (!all.contains(name)) {
            throw new UnknownNameException("no " + what + " '" + name + "'" + Names.didYouMean(name, all) + otherwise);
        }
        return name;
    }

    /** The services whose routes are on a router. */
    List<Service> routedBy(String router) {
        return inventory.services().values().stream().filter(s -> s.routers().contains(router)).toList();
    }

    /** The services that a server can carry. */
    Set<String> carriedBy(String server) {
        return inventory.services().values().stream().filter(s -> s.servers().contains(server)).map(Service::name)
                .collect(Collectors.toSet());
    }
}
