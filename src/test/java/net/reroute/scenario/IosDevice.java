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
import net.reroute.simulation.cli.Setup;
import net.reroute.simulation.cli.SimulatedCli;
import net.reroute.simulation.cli.SimulatedCli.Ssh;

/** A simulated Cisco, through SSH. */
final class IosDevice extends Device {

    private final CliHome home;
    final SimulatedCli ios;
    private RouterSpec spec;

    IosDevice(Path folder) {
        this.home = new CliHome(folder);
        try {
            this.ios = SimulatedCli.start("cisco-ios", Setup.of("gw", "admin", "secret", "more secret"),
                    CliHome.links(),
                    Ssh.MODERN, line -> {
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    RouterSpec spec(String name) {
        RouterSpec read = home.spec(ios, "cisco-ios", ", enable: {file: enable}");
        spec = new RouterSpec(name, read.dialect(), read.login(), read.table(), read.session(), read.cli());
        return spec;
    }

    @Override
    Router connect() throws RouterException {
        return Routers.open(spec, Duration.ofSeconds(20));
    }

    @Override
    void route(String prefix, String... hops) {
        ios.without(Prefix.parse(prefix));
        ios.route(Prefix.parse(prefix), Stream.of(hops).map(Address::parse).toList(), 1);
    }

    @Override
    void clear() {
        ios.without(Prefix.parse("0.0.0.0/0"));
    }

    @Override
    List<String> hops(String prefix) {
        return ios.hops(Prefix.parse(prefix)).stream().map(Address::toString).toList();
    }

    @Override
    String exact(String prefix) {
        return ios.written().toString();
    }

    @Override
    public void close() {
        try {
            ios.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
