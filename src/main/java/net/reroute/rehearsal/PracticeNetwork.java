package net.reroute.rehearsal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.reroute.check.CheckConnector;
import net.reroute.core.Address;
import net.reroute.core.Inventory;
import net.reroute.core.Server;
import net.reroute.core.Service;
import net.reroute.simulation.SimulatedServer;

/**
 * The practice network: a simulated router for every router, a small web server for every server. It maps the addresses
 * of the inventory: a server is a port on loopback, and a service's address is the server that the routing table of the
 * simulated router, the LAN or the announcements name at that moment.
 */
public final class PracticeNetwork implements CheckConnector, AutoCloseable {

    /** The discard port of loopback: usually no program listens there, or it discards what it gets. */
    private static final InetSocketAddress NOWHERE = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9);

    private final Inventory real;
    private final Map<String, SimulatedDevice> routers = new LinkedHashMap<>();
    private final Map<String, SimulatedServer> servers = new LinkedHashMap<>();
    private final PracticeNames names = new PracticeNames();
    private final PracticeLan lan = new PracticeLan();
    private final PracticeSites sites;

    private PracticeNetwork(Inventory real) {
        this.real = real;
        this.sites = PracticeSites.of(real);
    }

    /** @param typed receives every line that a router takes, with the router's name */
    static PracticeNetwork build(Inventory real, SimulatedDevice.Typed typed) throws IOException {
        PracticeNetwork ground = new PracticeNetwork(real);
        try {
            for (Server server : real.servers().values()) {
                ground.servers.put(server.name(),
                        SimulatedServer.start(server.name(), TestPage.status(real), TestPage.body(real,
                                server)));
            }
            for (String name : real.routers().keySet()) {
                ground.routers.put(name, SimulatedDevice.of(real, name, ground.sites, typed));
            }
            ground.names.start(real, typed);
            ground.lan.start(real, typed);
            return ground;
        } catch (IOException | RuntimeException e) {
            ground.close();
            throw e;
        }
    }

    Map<String, SimulatedDevice> routers() {
        return routers;
    }

    PracticeNames names() {
        return names;
    }

    PracticeLan lan() {
        return lan;
    }

    PracticeSites sites() {
        return sites;
    }

    /** The logins of all simulated machines that have one. */
    List<PracticeLogin> logins() {
        return Stream.concat(routers.values().stream().map(SimulatedDevice::login), lan.logins().stream()).toList();
    }

    Map<String, SimulatedServer> servers() {
        return servers;
    }

    @Override
    public InetSocketAddress connect(Address host, int port) {
        return carrier(host).map(SimulatedServer::address).orElse(NOWHERE);
    }

    @Override
    public Optional<InetSocketAddress> inPlaceOfPing(Address host) {
        return Optional.of(connect(host, 0));
    }

    /**
     * The server behind an address: the owner of the address, or the server that the service's traffic is routed to.
     */
    private Optional<SimulatedServer> carrier(Address host) {
        Optional<SimulatedServer> direct = behind(host);
        return direct.isPresent() ? direct : service(host).flatMap(this::serving);
    }

    private Optional<SimulatedServer> behind(Address address) {
        return real.servers().values().stream()
                .filter(s -> s.address().equals(address) || s.nextHop().equals(address)).findFirst()
                .map(s -> servers.get(s.name()));
    }

    private Optional<Service> service(Address address) {
        return real.services().values().stream().filter(s -> s.prefix().contains(address)).findFirst();
    }

    /** The server that gets what clients send to a service; empty if none does. */
    Optional<SimulatedServer> serving(Service service) {
        if (service.announced().isPresent()) {
            List<SimulatedServer> there = sites.servers(service).stream().map(servers::get).toList();
            return there.stream().filter(SimulatedServer::isAlive).findFirst().or(() -> there.stream().findFirst());
        }
        return service.livesOnLan()
                ? lan.serving(service).map(servers::get)
                : routers.get(service.routers().getFirst()).nextHop(service.address()).flatMap(this::behind);
    }

    @Override
    public void close() throws IOException {
        List<AutoCloseable> all = new ArrayList<>(routers.values());
        all.addAll(servers.values());
        all.add(names);
        all.add(lan);
        for (AutoCloseable one : all) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IOException("the practice ground was not taken down whole", e);
            }
        }
    }
}
