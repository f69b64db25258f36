package net.reroute.inventory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Endpoint;
import net.reroute.core.Names;
import net.reroute.core.Server;

/** Reads where switches listen, and where their backends are. */
final class SwitchPlaces {

    private final Sections sections;
    private final Map<String, Server> servers;
    private final Map<String, Endpoint> listening = new LinkedHashMap<>();

    /** @param servers that were read without mistakes */
    SwitchPlaces(Sections sections, Map<String, Server> servers) {
        this.sections = sections;
        this.servers = servers;
    }

    static Endpoint listen(String text) {
        HostPort at = hostPort(text);
        Address address = Address.tryParse(at.host()).orElseThrow(() -> new IllegalArgumentException("'listen' is an"
                + " address of this machine and a port, like \"192.168.1.20:110\", not '" + text + "'"));
        return new Endpoint(address, at.port());
    }

    private static HostPort hostPort(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || text.endsWith("]")) {
            throw new IllegalArgumentException("'" + text + "' has no port; write it like \"192.168.1.2:110\"");
        }
        String host = text.substring(0, colon);
        return new HostPort(host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host,
                HostPort.port(text.substring(colon + 1)));
    }

    /** By the text that names them. */
    Map<String, Endpoint> backends(Fields fields, String key, List<String> texts) {
        Map<String, Endpoint> all = new LinkedHashMap<>();
        for (String text : texts) {
            fields.parsedAs(key, text, this::backend).ifPresent(e -> {
                if (all.containsValue(e)) {
                    fields.problem(key, "the backend " + text + " stands twice");
                }
                all.put(text, e);
            });
        }
        return all;
    }

    private Endpoint backend(String text) {
        HostPort at = hostPort(text);
        Optional<Address> address = Address.tryParse(at.host());
        if (address.isPresent()) {
            return new Endpoint(ServerAddress.machine(address.get()), at.port());
        }
        Server server = servers.get(at.host());
        if (server == null) {
            throw new IllegalArgumentException("'" + at.host() + "' is no address and no server of the inventory"
                    + Names.didYouMean(at.host(), sections.names("servers")));
        }
        return new Endpoint(server.address(), at.port());
    }

    /** The servers of the inventory that backends are on. */
    Map<String, String> behind(Map<String, Endpoint> backends) {
        Map<String, String> behind = new LinkedHashMap<>();
        backends.values()
                .forEach(e -> servers.values().stream().filter(s -> s.address().equals(e.address())).findFirst()
                        .ifPresent(s -> behind.put(e.toString(), s.name())));
        return behind;
    }

    /** Two switches of one machine cannot listen at one place. */
    void alone(Fields fields, String name, Endpoint at) {
        listening.forEach((other, there) -> {
            boolean any = at.address().bits().signum() == 0 || there.address().bits().signum() == 0;
            if (at.port() == there.port() && (any || at.address().equals(there.address()))) {
                fields.problem("listen", "the switch " + other + " listens at " + there + " already");
            }
        });
        listening.put(name, at);
    }

    static void itself(Fields fields, Endpoint listen, Map<String, Endpoint> backends) {
        boolean any = listen.address().bits().signum() == 0;
        backends.values().stream().filter(b -> b.port() == listen.port()
                && (b.address().equals(listen.address()) || any && b.address().loopback()))
                .forEach(b -> fields.problem("backends", "the backend " + b + " is the switch itself"));
    }
}
