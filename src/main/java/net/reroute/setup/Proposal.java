package net.reroute.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.core.Text;

/** The text of an inventory, with a comment for each thing that was found. */
final class Proposal {

    /**
     * @param name in the inventory
     * @param login the keys of its login
     */
    record RouterEntry(String name, Machine machine, String dialect, String login) {

        String line() {
            return "  " + name + ": {dialect: " + dialect + ", address: " + machine.place() + ", " + login
                    + ", known-hosts: known_hosts}";
        }
    }

    /**
     * @param servers in order; the first are where it is now
     * @param share number of servers where it is now
     * @param routers where its route was found
     * @param remark for a comment
     */
    record ServiceEntry(String name, Prefix prefix, List<String> servers, int share, List<String> routers,
            String remark) {}

    private final List<RouterEntry> routers;
    private final List<Holder> servers;
    private final List<ServiceEntry> services;
    private final List<Answering.Proposed> checks;
    private final boolean settings;
    private final Map<Address, List<String>> unrouted = new TreeMap<>();

    /** @param settings true if no other file of the inventory has any */
    Proposal(List<RouterEntry> routers, List<Holder> servers, List<ServiceEntry> services,
            List<Answering.Proposed> checks, boolean settings) {
        this.routers = routers;
        this.servers = servers;
        this.services = services;
        this.checks = checks;
        this.settings = settings;
    }

    /** Tells of an address that servers hold and no router has a route for. */
    void unrouted(Address address, String server) {
        unrouted.computeIfAbsent(address, a -> new ArrayList<>()).add(server);
    }

    String text() {
        List<String> lines = new ArrayList<>(List.of(
                "# Written by 'reroute init' from what it found; it is yours now. 'reroute validate' reports every"
                        + " mistake.",
                "# The manual of all that can stand here: inventory(5)."));
        if (settings) {
            lines.addAll(List.of("", "# The daemon decides and prints what it would type; it types nothing. When its"
                    + " decisions are right: act", "settings: {mode: observe}"));
        }
        lines.addAll(List.of("", "# The devices whose static routes reroute changes.", "routers:"));
        routers.forEach(r -> lines.add(r.line()));
        lines.addAll(List.of("", "# The machines that can serve. Checks go to these addresses, and so do routes."));
        lines.add("servers:");
        servers.forEach(s -> lines.addAll(server(s)));
        lines.addAll(List.of("", "# What tells whether a server is up. {server} stands for its address.", "checks:"));
        checks.forEach(c -> lines.addAll(List.of("  # " + c.remark(), "  " + c.name() + ": " + c.text())));
        lines.addAll(List.of("", "# The prefixes that clients use, and the servers in order of preference; the first is"
                + " the home.", "services:"));
        services.forEach(s -> lines.addAll(service(s)));
        unrouted.forEach(
                (address, by) -> lines.add("  # " + String.join(", ", by) + (by.size() == 1 ? " holds " : " hold ")
                        + address + ", and no router has a static route for it to one of these servers."));
        return String.join("\n", lines) + "\n";
    }

    private static List<String> server(Holder server) {
        String login = server.machine().user()
                .map(u -> ", user: " + u + ", key: keys/id_ed25519, known-hosts: known_hosts")
                .filter(l -> server.isSeen()).orElse("");
        Address address = server.machine().address();
        String port = server.isSeen() && server.machine().port() != Machine.SSH
                ? ", port: " + server.machine().port()
                : "";
        String line = "  " + server.name() + ": {address: " + (address.v6() ? "\"" + address + "\"" : address) + port
                + login + "}";
        return List.of("  # " + server.held(), line);
    }

    private List<String> service(ServiceEntry service) {
        String where = service.routers.size() == routers.size()
                ? ""
                : ", routers: [" + String.join(", ", service.routers) + "]";
        String prefix = service.prefix.network().v6() ? "\"" + service.prefix + "\"" : service.prefix.toString();
        return List.of("  # " + Text.one(service.remark), "  " + service.name + ": {prefix: " + prefix + ", servers: ["
                + String.join(", ", service.servers) + "]" + (service.share > 1 ? ", share: " + service.share : "")
                + ", checks: ["
                + checks.stream().map(Answering.Proposed::name).collect(Collectors.joining(", ")) + "]" + where + "}");
    }
}
