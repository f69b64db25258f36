package net.reroute.simulation.linux;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.simulation.Link;
import net.reroute.simulation.LoopbackSshServer;
import net.reroute.simulation.SimulatedRouter;
import net.reroute.simulation.linux.LinuxNetwork.Found;

/**
 * A simulated Linux router: SSH on a loopback port, a shell, and {@code ip} with routing tables. It starts no process
 * on the real machine and sends no packet. Thread-safe.
 */
public final class SimulatedLinux implements SimulatedRouter {

    private static final int MOST = 1000;

    private final LinuxNetwork network;
    private final List<String> typed = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final LinuxPrograms programs;
    private final LoopbackSshServer ssh;

    private SimulatedLinux(String hostname, Account account, List<Link> links, Optional<SimulatedLan> lan)
            throws IOException {
        this.network = new LinuxNetwork(LinuxLink.of(links, lan.map(SimulatedLan::next).orElse(0)));
        LinuxHost host = new LinuxHost(hostname, account.user(), network);
        this.programs = new LinuxPrograms(network, this::tell);
        lan.ifPresent(l -> programs.with("perl", new WireProgram(l, l.plug(network))));
        this.ssh = LoopbackSshServer.start(LoopbackSshServer.Behaviour.OPENSSH, account.user(), account.password(),
                () -> new LinuxLogin(host, programs));
    }

    private record Account(String user, String password) {}

    /**
     * Starts a router. Its routing table has the connected networks.
     *
     * @throws IOException if no port can be opened
     * @throws IllegalArgumentException if the host name is not valid
     */
    public static SimulatedLinux start(String hostname, String user, String password, List<Link> links)
            throws IOException {
        return start(hostname, new Account(user, password), links, Optional.empty());
    }

    /**
     * Starts a server on a LAN. Unlike a router it has perl, and others on the LAN hear what it sends.
     *
     * @throws IOException if no port can be opened
     * @throws IllegalArgumentException if the host name is not valid
     */
    public static SimulatedLinux onLan(String hostname, String user, String password, List<Link> links,
            SimulatedLan lan) throws IOException {
        return start(hostname, new Account(user, password), links, Optional.of(lan));
    }

    private static SimulatedLinux start(String hostname, Account account, List<Link> links,
            Optional<SimulatedLan> lan) throws IOException {
        if (!hostname.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")) {
            throw new IllegalArgumentException("'" + hostname + "' is no host name");
        }
        return new SimulatedLinux(hostname, account, links, lan);
    }

    /** Installs FRR there, as the speaker of this machine's site in a network, or as a machine of the provider. */
    public void speak(SimulatedBgp bgp, String name) {
        programs.with("vtysh", new Vtysh(bgp, bgp.speaker(name), this::tell));
    }

    private void tell(String command) {
        typed.add(command);
        if (typed.size() > MOST) {
            typed.removeFirst();
        }
        listeners.forEach(l -> l.accept(command));
    }

    /**
     * Sets a static route, as at boot. No listener is called.
     *
     * @param hops next hops; several share the traffic
     * @param table number of the routing table
     * @throws IllegalArgumentException if the router has no link to a next hop
     */
    public void route(Prefix prefix, List<Address> hops, long table) {
        RouteRequest request = new RouteRequest();
        request.table = table;
        request.net = Optional.of(new IpNet(prefix.network(), prefix.length()));
        request.proto = Optional.of(4);
        hops.forEach(h -> request.nexthops.add(new LinuxRoute.Hop(Optional.of(h.bare()), h.zone(), 1, false)));
        try {
            network.write(request, LinuxTable.Verb.REPLACE);
        } catch (IpFailure e) {
            throw new IllegalArgumentException(prefix + " via " + hops + ": " + e.getMessage(), e);
        }
    }

    /**
     * The next hop of an address now: longest prefix, lowest metric, first of several next hops.
     *
     * @return empty if there is no route, or the route has no next hop
     */
    @Override
    public Optional<Address> nextHop(Address destination) {
        return network.lookup(destination, r -> true).map(Found::route)
                .flatMap(r -> r.hops().stream().findFirst().flatMap(h -> h.via().map(via -> via.on(h.dev()))));
    }

    /** True if an interface of this machine has the address and this hardware address. */
    public boolean holds(Address address, String hardware) {
        return network.links().stream().filter(l -> l.mac().equals(hardware))
                .anyMatch(l -> l.nets().stream().anyMatch(n -> n.address().equals(address)));
    }

    /** The last 1000 commands that changed a routing table, in order, as typed. */
    public List<String> typed() {
        return List.copyOf(typed);
    }

    /**
     * Adds a listener.
     *
     * @param listener receives every further command that changes something, on the thread of the session
     */
    public void onTyped(Consumer<String> listener) {
        listeners.add(listener);
    }

    @Override
    public int port() {
        return ssh.port();
    }

    @Override
    public String hostKeyLine() {
        return ssh.hostKeyLine();
    }

    @Override
    public void dropAll() {
        ssh.dropAll();
    }

    @Override
    public void close() throws IOException {
        ssh.close();
    }
}
