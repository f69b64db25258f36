package net.reroute.simulation.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.simulation.Link;
import net.reroute.simulation.LoopbackSshServer;
import net.reroute.simulation.SimulatedRouter;

/**
 * A router on a loopback port with the command line of one of several makers: modes, abbreviations, errors, a pager,
 * locks, commits and timed reverts. Good enough for SSH clients and automation tools of others. Thread-safe.
 */
public final class SimulatedCli implements SimulatedRouter {

    /** Peculiarities of its SSH server. ONE_LINE: one connection at a time. */
    public enum Ssh {
        MODERN, OLD_ALGORITHMS, INTERACTIVE_LOGIN, ONE_LINE
    }

    private static final int SESSIONS = 16;

    /**
     * @param shell makes a session
     * @param links name of its interfaces, without the number
     * @param ident software version in its SSH identification
     */
    private record Device(Function<RouterState, ConfigurableVty> shell, String links, String ident) {}

    private static final Map<String, Device> DEVICES = new LinkedHashMap<>();

    static {
        DEVICES.put("cisco-ios", new Device(Ios::new, "GigabitEthernet0/", "Cisco-1.25"));
        DEVICES.put("arista-eos", new Device(Eos::new, "Ethernet", "OpenSSH_8.7"));
        DEVICES.put("cisco-nxos", new Device(NxOs::new, "Ethernet1/", "OpenSSH_8.3p1"));
        DEVICES.put("cisco-xr", new Device(IosXr::new, "GigabitEthernet0/0/0/", "Cisco-2.0"));
        DEVICES.put("frr", new Device(Frr::new, "eth", "OpenSSH_9.2p1"));
        DEVICES.put("juniper-junos", new Device(Junos::new, "ge-0/0/", "OpenSSH_7.5"));
        DEVICES.put("mikrotik", new Device(RouterOs::new, "ether", "ROSSSH"));
        DEVICES.put("vyos", new Device(VyOs::new, "eth", "OpenSSH_8.4p1"));
    }

    private final RouterState router;
    private final Function<RouterState, ConfigurableVty> shell;
    private final LoopbackSshServer host;
    private final List<String> typed = Collections.synchronizedList(new ArrayList<>());

    private SimulatedCli(Device device, Setup setup, List<Link> links, Ssh ssh, Consumer<String> told)
            throws IOException {
        this.router = new RouterState(setup, links, line -> {
            typed.add(line);
            told.accept(line);
        });
        this.shell = device.shell();
        LoopbackSshServer.Behaviour behaviour = new LoopbackSshServer.Behaviour(device.ident(),
                ssh == Ssh.OLD_ALGORITHMS,
                ssh == Ssh.INTERACTIVE_LOGIN, ssh == Ssh.ONE_LINE ? 1 : SESSIONS);
        // RouterOS accepts terminal options after a plus sign; they are not part of the name.
        this.host = LoopbackSshServer.start(behaviour, name -> name.replaceFirst("\\+.*", "").equals(setup.user()),
                setup.password(), () -> shell.apply(router));
    }

    /** The dialects that can be simulated. */
    public static List<String> dialects() {
        return List.copyOf(DEVICES.keySet());
    }

    /**
     * The name of interfaces in a dialect, without the number.
     *
     * @throws IllegalArgumentException if the dialect is not simulated
     */
    public static String links(String dialect) {
        return device(dialect).links();
    }

    /**
     * Starts a router with a modern SSH server.
     *
     * @param told receives every line of configuration that takes effect, on the thread of the session
     * @throws IllegalArgumentException if the dialect is not simulated
     */
    public static SimulatedCli start(String dialect, Setup setup, List<Link> links, Consumer<String> told)
            throws IOException {
        return start(dialect, setup, links, Ssh.MODERN, told);
    }

    public static SimulatedCli start(String dialect, Setup setup, List<Link> links, Ssh ssh, Consumer<String> told)
            throws IOException {
        return new SimulatedCli(device(dialect), setup, links, ssh, told);
    }

    private static Device device(String dialect) {
        return Optional.ofNullable(DEVICES.get(dialect))
                .orElseThrow(() -> new IllegalArgumentException("dialect " + dialect + " is not simulated"));
    }

    /** Replaces the static routes of a prefix, as if an admin had saved them earlier. No listener is called. */
    public void route(Prefix prefix, List<Address> hops, int distance) {
        route("", prefix, hops, distance);
    }

    /**
     * The same in a VRF.
     *
     * @param vrf empty: the global table
     */
    public void route(String vrf, Prefix prefix, List<Address> hops, int distance) {
        router.routes.remove(s -> s.vrf().equals(vrf) && s.prefix().equals(prefix));
        hops.forEach(hop -> router.routes.add(new StaticRoute(vrf, prefix, Optional.of(hop), "", distance, "", true)));
        router.keepAsStartup();
    }

    /**
     * Adds a line of configuration, as if an admin had saved it earlier. No listener is called.
     *
     * @throws IllegalArgumentException if the device rejects the line
     */
    public SimulatedCli with(String line) {
        RouterState aside = new RouterState(router.setup, router.routes.links(), l -> {
        });
        shell.apply(aside).load(line);
        aside.routes.written().forEach(router.routes::add);
        router.keepAsStartup();
        return this;
    }

    /** Removes every static route inside this prefix. No listener is called. */
    public void without(Prefix prefix) {
        router.routes.remove(s -> prefix.contains(s.prefix().network()) && s.prefix().length() >= prefix.length());
    }

    /** The next hops in use for a prefix, sorted. */
    public List<Address> hops(Prefix prefix) {
        return router.hops(prefix);
    }

    /** The lines of configuration that took effect so far. */
    public List<String> typed() {
        return List.copyOf(typed);
    }

    /** The static routes as lines of the configuration. */
    public List<String> written() {
        ConfigurableVty device = shell.apply(router);
        return device.configured().stream().map(device::line).toList();
    }

    /** The number of times that the configuration was saved. */
    public int saves() {
        return router.saves();
    }

    /** The number of connections now. */
    public int sessions() {
        return host.sessions();
    }

    /** Reverts a change that waits for its timer, at once. */
    public void revertNow() {
        router.revertNow();
    }

    public Setup setup() {
        return router.setup;
    }

    public Faults faults() {
        return router.faults;
    }

    @Override
    public int port() {
        return host.port();
    }

    @Override
    public String hostKeyLine() {
        return host.hostKeyLine();
    }

    @Override
    public Optional<Address> nextHop(Address destination) {
        return router.nextHop(destination);
    }

    @Override
    public void dropAll() {
        host.dropAll();
    }

    @Override
    public void close() throws IOException {
        host.close();
    }
}
