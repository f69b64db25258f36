package net.reroute.app;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import net.reroute.check.HeldAddresses;
import net.reroute.core.Address;
import net.reroute.core.Health.State;
import net.reroute.core.Server;
import net.reroute.core.Service;
import net.reroute.ssh.Sessions;
import net.reroute.ssh.SshException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every server with a login whether it holds its service addresses, each on a thread of its own. Services whose
 * address moves on the LAN are left out.
 */
final class AddressCheck {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");

    private final Sessions sessions;
    private final Map<String, String> said = new ConcurrentHashMap<>();

    AddressCheck(Sessions sessions) {
        this.sessions = sessions;
    }

    void ask(ControllerRuntime of) {
        ask(of, server -> true);
    }

    /** Asks only servers with an address that has no result yet. */
    void askNew(ControllerRuntime of) {
        ask(of, server -> of.inventory().services().keySet().stream().anyMatch(
                service -> of.monitor.held(server.name(), service).filter(h -> h.state() == State.UNKNOWN)
                        .isPresent()));
    }

    private void ask(ControllerRuntime of, Predicate<Server> which) {
        of.inventory().servers().values().stream().filter(s -> s.login().isPresent()).filter(which)
                .forEach(s -> Thread.ofVirtual().name("held-" + s.name()).start(() -> ask(of, s)));
    }

    private void ask(ControllerRuntime of, Server server) {
        List<Service> services = of.inventory().services().values().stream()
                .filter(s -> s.checkedMembers().contains(server.name()) && !s.livesOnLan() && s.isHeld()).toList();
        Instant asked = ControllerRuntime.CLOCK.instant();
        try {
            Set<Address> holds = HeldAddresses.ask(sessions, server.login().get(),
                    services.stream().map(Service::address).toList());
            services.forEach(s -> of.monitor.held(server.name(), s.name(), holds.contains(s.address()), asked));
            said.remove(server.name());
        } catch (SshException e) {
            if (!e.getMessage().equals(said.put(server.name(), e.getMessage()))) {
                LOG.warn("addresses of {} are unproven: {}", server.name(), e.getMessage());
            }
            of.monitor.notAsked(server.name());
        }
    }
}
