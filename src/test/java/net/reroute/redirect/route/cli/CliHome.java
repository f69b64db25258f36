package net.reroute.redirect.route.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Dialect;
import net.reroute.core.Inventory;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.core.Service;
import net.reroute.inventory.BadInventoryException;
import net.reroute.inventory.InventoryReader;
import net.reroute.redirect.route.router.Change;
import net.reroute.redirect.route.router.Route;
import net.reroute.simulation.Link;
import net.reroute.simulation.cli.SimulatedCli;

/** A home folder with one router in its inventory, and the changes that tests make there. */
public final class CliHome {

    static final Prefix WWW1 = Prefix.parse("192.168.1.32/27");
    static final Prefix WWW2 = Prefix.parse("192.168.1.64/27");
    static final Address HOST1 = Address.parse("192.168.1.2");
    static final Address HOST2 = Address.parse("192.168.1.3");
    static final Address HOST3 = Address.parse("192.168.1.4");
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;

    public CliHome(Path folder) {
        this.folder = folder;
    }

    public static List<Link> links() {
        return List.of(new Link("GigabitEthernet0/0", Address.parse("10.0.0.1"), Prefix.parse("10.0.0.0/24")),
                new Link("GigabitEthernet0/1", Address.parse("192.168.1.1"), Prefix.parse("192.168.1.0/27")),
                new Link("GigabitEthernet0/2", Address.parse("2001:db8:1::1"), Prefix.parse("2001:db8:1::/64")));
    }

    /** The router as the inventory would have it. */
    public RouterSpec spec(SimulatedCli ios, String dialect, String more) {
        write("password", ios.setup().password());
        write("enable", ios.setup().enable());
        write("known_hosts", ios.hostKeyLine() + "\n");
        return spec("gw1", "{dialect: " + dialect + ", address: \"127.0.0.1:" + ios.port() + "\", user: "
                + ios.setup().user() + ", password: {file: password}, known-hosts: known_hosts" + quiet(more) + more
                + "}");
    }

    /** A simulated device does not pause in its greeting. */
    private static String quiet(String more) {
        return more.contains("quiet:") ? "" : ", quiet: 40ms";
    }

    /** One that comes with the program. */
    Dialect dialect(String name) {
        return cliSpec(name, "").cli().orElseThrow().dialect();
    }

    /** A router that nobody connects to. */
    RouterSpec cliSpec(String dialect, String more) {
        write("password", "not asked for");
        write("enable", "s3cret");
        write("known_hosts", "");
        return spec("gw1", "{dialect: " + dialect + ", address: \"127.0.0.1:1\", user: admin,"
                + " password: {file: password}, known-hosts: known_hosts" + more + "}");
    }

    public RouterSpec spec(String name, String entry) {
        write("inventory/all.yaml", "routers:\n  " + name + ": " + entry
                + """

                  servers:
                    host1: {address: 192.168.1.2}
                    host2: {address: 192.168.1.3}
                  checks:
                    up: {tcp: "{server}:80"}
                  services:
                    www-1: {prefix: 192.168.1.32/27, servers: [host1, host2], checks: [up]}
                  """);
        try {
            Inventory inventory = InventoryReader.read(folder);
            return inventory.routers().get(name);
        } catch (BadInventoryException e) {
            throw new IllegalStateException(e);
        }
    }

    public void write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Service service(Prefix prefix) {
        return new Service("www", prefix, prefix.firstUsable(), List.of("host1", "host2"), List.of(), List.of("gw1"),
                new Service.Rules(Service.Policy.ANY, 1, Service.Choose.ORDERED, true, Duration.ofMinutes(1)),
                java.util.Optional.empty());
    }

    static Change change(Prefix prefix, Route before, boolean planned, Address... after) {
        return new Change(service(prefix), Optional.ofNullable(before), List.of(after), Optional.empty(),
                new Change.Options(planned, Map.of(), "for a test"));
    }

    /** Back again, where these lines once stood. */
    static Change back(Route before, Prefix prefix, Address after, Map<Address, String> lines) {
        return new Change(service(prefix), Optional.ofNullable(before), List.of(after), Optional.empty(),
                new Change.Options(true, lines, "for a test"));
    }
}
