package net.reroute.simulation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.reroute.core.Address;
import net.reroute.core.Prefix;

/**
 * A Cisco IOS command line with state, on a loopback port: modes, abbreviations, errors with the caret, a pager, locks, the
 * revert timer. Good enough for SSH clients and other people's automation.
 */
public final class SimulatedIos implements SimulatedRouter {

    /** How it speaks SSH. */
    public enum Ssh {
        MODERN, OLD_ALGORITHMS, INTERACTIVE_LOGIN, ONE_LINE
    }

    private final IosBox box;
    private final SshHost host;
    private final Setup setup;
    private final List<String> typed = Collections.synchronizedList(new ArrayList<>());

    private SimulatedIos(Setup setup, List<Link> links, Ssh ssh, Consumer<String> told) throws IOException {
        this.setup = setup;
        this.box = new IosBox(setup, links, line -> {
            typed.add(line);
            told.accept(line);
        });
        SshHost.Manner manner = new SshHost.Manner("Cisco-1.25", "", ssh == Ssh.OLD_ALGORITHMS,
                ssh == Ssh.INTERACTIVE_LOGIN, ssh == Ssh.ONE_LINE ? 1 : 16);
        this.host = SshHost.start(manner, setup.user(), setup.password(),
                () -> new IosShell(box));
    }

    /** @param told every line of configuration that is taken */
    public static SimulatedIos start(Setup setup, List<Link> links, Ssh ssh, Consumer<String> told) throws IOException {
        return new SimulatedIos(setup, links, ssh, told);
    }

    /** Writes a line of configuration as if it had always stood there. */
    public SimulatedIos with(String line) {
        box.write(line);
        return this;
    }

    /** A plain static route, set by somebody at the console. */
    public void with(String hop, Prefix prefix) {
        box.routes.add(new StaticRoutes.Static("", prefix, Optional.of(Address.parse(hop)), "", 1, "", true));
    }

    /** Takes every static route inside this prefix away, at the console. */
    public void without(Prefix prefix) {
        box.routes.remove(s -> prefix.contains(s.prefix().network()) && s.prefix().length() >= prefix.length());
    }

    public Faults faults() {
        return box.faults;
    }

    public Setup setup() {
        return setup;
    }

    public int port() {
        return host.port();
    }

    /** The line for a known_hosts file. */
    public String hostKeyLine() {
        return host.hostKeyLine();
    }

    /** Lines of configuration taken so far. */
    public List<String> typed() {
        return List.copyOf(typed);
    }

    /** Its static routes as its configuration shows them. */
    public List<String> written() {
        return box.running().stream().filter(l -> l.startsWith("ip route") || l.startsWith("ipv6 route")).toList();
    }

    /** Where its table sends this address. */
    public Optional<Address> nextHop(Address destination) {
        return box.nextHop(destination);
    }

    /** The next hops in use for a prefix. */
    public List<Address> hops(Prefix prefix) {
        return box.hops(prefix);
    }

    /** How many are logged in now. */
    public int sessions() {
        return host.sessions();
    }

    /** How often the configuration was saved. */
    public int saves() {
        return box.saves();
    }

    /** Lets what a revert timer waits for happen now. */
    public void revertNow() {
        box.revertNow();
    }

    /** Ends every session without a word. */
    public void dropAll() {
        host.dropAll();
    }

    @Override
    public void close() throws IOException {
        host.close();
    }
}
