package net.reroute.scenario;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.route.Routers;
import net.reroute.redirect.route.cli.CliHome;
import net.reroute.redirect.route.router.Router;
import net.reroute.redirect.route.router.RouterException;

/** A router of its own network namespace behind a real sshd on loopback, with real kernel routes. */
abstract class LabDevice extends Device {

    final LabSpace space = new LabSpace();
    final Path folder = space.folder;
    private final CliHome home = new CliHome(folder.resolve("home"));
    private RouterSpec spec;

    LabDevice() {
        in("sysctl -qw net.ipv4.ip_forward=1; ip link add e0 type veth peer name e1; ip addr add 192.168.1.1/27 dev e0;"
                + " ip link set e0 up; ip link set e1 up");
    }

    final String in(String script) {
        return space.in(script);
    }

    @Override
    RouterSpec spec(String name) {
        spec = home.spec(name,
                "{dialect: " + dialect() + ", address: \"127.0.0.1:" + space.port + "\", user: root, key: "
                        + space.key() + ", known-hosts: " + space.knownHosts() + "}");
        return spec;
    }

    abstract String dialect();

    @Override
    Router connect() throws RouterException {
        return Routers.open(spec, Duration.ofSeconds(20));
    }

    @Override
    List<String> hops(String prefix) {
        return in("ip route show " + prefix).lines()
                .flatMap(l -> Pattern.compile("via (\\S+)").matcher(l).results()).map(m -> m.group(1)).sorted()
                .toList();
    }

    @Override
    public void close() {
        space.close();
    }
}
