package net.reroute.app;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.reroute.check.HeldAddresses;
import net.reroute.core.Address;
import net.reroute.core.Server;
import net.reroute.core.Service;
import net.reroute.ssh.Sessions;
import net.reroute.ssh.SshException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks every server with a login whether it holds its service addresses, each on a thread of its own. */
final class HeldAsker {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");

    private final Sessions sessions;
    private final Map<String, String> said = new ConcurrentHashMap<>();

    HeldAsker(Sessions sessions) {
        this.sessions = sessions;
    }

    void ask(Engine of) {
        for (Server server : of.inventory.servers().values()) {
            if (server.login().isPresent()) {
                Thread.ofVirtual().name("held-" + server.name()).start(() -> ask(of, server));
            }
        }
    }

    private void ask(Engine of, Server server) {
        List<Service> services = of.inventory.services().values().stream()
                .filter(s -> s.servers().contains(server.name()) && !s.livesOnLan()).toList();
        try {
            Set<Address> holds = HeldAddresses.ask(sessions, server.login().get(),
                    services.stream().map(Service::address).toList());
            services.forEach(s -> of.monitor.held(server.name(), s.name(), holds.contains(s.address())));
            said.remove(server.name());
        } catch (SshException e) {
            if (!e.getMessage().equals(said.put(server.name(), e.getMessage()))) {
                LOG.warn("addresses of {} are unproven: {}", server.name(), e.getMessage());
            }
            of.monitor.notAsked(server.name());
        }
    }
}
