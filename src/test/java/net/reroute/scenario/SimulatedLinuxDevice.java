package net.reroute.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.route.Routers;
import net.reroute.redirect.route.cli.CliHome;
import net.reroute.redirect.route.router.Router;
import net.reroute.redirect.route.router.RouterException;
import net.reroute.simulation.linux.SimulatedLinux;

/** A simulated Linux router, through SSH. */
final class SimulatedLinuxDevice extends Device {

    private static final long MAIN = 254;

    private final CliHome home;
    private final SimulatedLinux linux;
    private RouterSpec spec;

    SimulatedLinuxDevice(Path folder) {
        this.home = new CliHome(folder);
        try {
            this.linux = SimulatedLinux.start("gw", "root", "secret", CliHome.links().stream()
                    .map(l -> new net.reroute.simulation.Link(l.name().replaceAll(".*/", "eth"), l.address(),
                            l.network()))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    RouterSpec spec(String name) {
        home.write("password", "secret");
        home.write("known_hosts", linux.hostKeyLine() + "\n");
        spec = home.spec(name, "{dialect: linux, address: \"127.0.0.1:" + linux.port()
                + "\", user: root, password: {file: password}, known-hosts: known_hosts}");
        return spec;
    }

    @Override
    Router connect() throws RouterException {
        return Routers.open(spec, Duration.ofSeconds(20));
    }

    @Override
    void route(String prefix, String... hops) {
        linux.route(Prefix.parse(prefix), Stream.of(hops).map(Address::parse).toList(), MAIN);
    }

    @Override
    void clear() {
        throw new UnsupportedOperationException("no story needs it");
    }

    @Override
    List<String> hops(String prefix) {
        return linux.nextHop(Prefix.parse(prefix).firstUsable()).stream().map(Address::toString).toList();
    }

    @Override
    String exact(String prefix) {
        return hops(prefix).toString();
    }

    @Override
    public void close() {
        try {
            linux.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
