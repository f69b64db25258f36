package net.reroute.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.reroute.check.Made;
import net.reroute.core.Inventory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every shipped file with slips of the pen in it: whatever an admin writes, it is read whole, or every mistake has a
 * place and a sentence. Another run of chance: {@code -Dmutants.seed=N}.
 */
class MutantsTest {

    private static final long SEED = Long.getLong("mutants.seed", 1);
    private static final Pattern UNTOLD = Pattern
            .compile("Exception|null|java\\.|net\\.reroute|[\\p{Cntrl}\\p{Cf}]");
    /** All there is to write, so that the shipped examples, which are short, are not all that is tried. */
    private static final String EVERYTHING = """
                                             routers:
                                               gw1: {dialect: linux, address: "192.168.1.1:2222", user: root, key: id, become: sudo, table: 100}
                                               gw2: {dialect: frr, address: "[2001:db8::1]", user: admin, password: {file: id},
                                                 save: daily, distance: 5, session: per-move, legacy: true}
                                             servers:
                                               host1: {address: 192.168.1.2, next-hop: 192.168.1.102, user: root, key: id, port: 2022, interface: eth1}
                                               host2: {address: 192.168.1.3, next-hop: 192.168.1.103, user: root, key: id}
                                               host3: {address: "2001:db8::3", next-hop: "2001:db8:1::3", user: root, agent: true}
                                               host4: {address: "2001:db8::4", next-hop: "2001:db8:1::4", user: root, agent: true}
                                               host5: {address: "2001:db8::5", next-hop: "fe80::5%eth0"}
                                             checks:
                                               web: {http: "http://{server}/x", host: www.example.com, status: [200, 301], body: "a", every: 1s}
                                               tls: {http: "https://{server}:8443/", ca: ca.pem, name: w.example, body-regex: "a+"}
                                               up: {icmp: "{server}", every: 50ms, timeout: 50ms, fall: 2, rise: 5}
                                               port: {tcp: "{service}:80", fast: 500ms}
                                             services:
                                               www-1: {prefix: 10.0.0.0/24, servers: [host1, host2], checks: [web, up], routers: [gw1, gw2],
                                                 fallback: arp, interface: eth0, announce: controller, refresh: 5s, fence: interface,
                                                 restore-after: 5m, before-takeover: [logger, a], after-takeover: logger}
                                               www-2: {prefix: 192.168.1.50/32, servers: [host1, host2], checks: web, redirect: arp, interface: eth0}
                                               six: {prefix: "2001:db8:33::/64", servers: [host3, host4], checks: [port], policy: all, share: 2,
                                                 choose: spread, failback: manual, soak: 5m, address: "2001:db8:33::5"}
                                               link: {prefix: "2001:db8:34::/64", servers: [host5, host3], checks: [up], routers: [gw1]}
                                             channels:
                                               ops: {mail: [a@example.com], from: b@example.com, smtp: "mail.example.com:25", tls: none, keep: 1d}
                                               hook: {webhook: "https://example.com/x", format: slack, secret: {file: id}}
                                               log: {syslog: daemon, server: "udp://192.168.1.9:514"}
                                               page: {command: [/usr/bin/page, ops]}
                                             notify:
                                               night: {to: [ops, log], severity: critical, services: [www-1], servers: host1,
                                                 quiet: "22:00-06:00", zone: Europe/Berlin, group: 5m}
                                             settings:
                                               mode: observe
                                               history: 30d
                                               announce: 2h
                                               peer: {address: 192.168.1.9, user: reroute, agent: true, command: [reroute]}
                                             """;
    private static final String NETWORK = """
                                          routers: {gw: {dialect: DIALECT, address: 192.168.1.1, user: admin, agent: true}}
                                          servers: {host1: {address: 192.168.1.2}}
                                          checks: {up: {icmp: "{server}"}}
                                          services: {www: {prefix: 10.0.0.0/24, servers: host1, checks: up}}
                                          """;

    @TempDir
    Path home;

    private Path inventory;

    @BeforeEach
    void makeHome() throws IOException {
        for (String folder : List.of("inventory", "playbooks", "routers")) {
            Files.createDirectories(home.resolve(folder));
        }
        Files.writeString(home.resolve("id"), "key");
        Files.setPosixFilePermissions(home.resolve("id"), PosixFilePermissions.fromString("rw-------"));
        Made.authority("CN=ca", Made.Span.days(30)).pem(home.resolve("ca.pem"));
        inventory = home.resolve("inventory/network.yaml");
    }

    private interface Reading {
        Object read() throws BadInventoryException;
    }

    /** Mutants of a file, each read. Returns how many of them were good. */
    private static int mutants(int count, String text, Path file, Reading reading) throws IOException {
        Files.writeString(file, text);
        assertThatCode(reading::read).doesNotThrowAnyException();
        return slips(count, text, file, reading);
    }

    private static int slips(int count, String text, Path file, Reading reading) throws IOException {
        int good = 0;
        Mutator mutator = new Mutator(text);
        for (int i = 0; i < count; i++) {
            String mutant = mutator.mutant(SEED * 1_000_003 + i);
            Files.delete(file); // ext4 waits for the disk when a file is cut off and written again
            Files.write(file, mutant.getBytes(StandardCharsets.UTF_8)); // half a character is written as a ?
            try {
                good += isGood(reading) ? 1 : 0;
            } catch (RuntimeException | StackOverflowError | AssertionError e) {
                throw new AssertionError("seed " + SEED + ", mutant " + i + " of " + file + mutator.done() + ":\n"
                        + mutant, e);
            }
        }
        return good;
    }

    private static boolean isGood(Reading reading) {
        try {
            Whole.check(reading.read(), "the inventory");
            return true;
        } catch (BadInventoryException e) {
            e.problems().forEach(MutantsTest::wellTold);
            assertThat(e.problems()).isNotEmpty();
            return false;
        }
    }

    private static void wellTold(Problem problem) {
        boolean place = !problem.file().isBlank() && !problem.file().equals("inventory") && problem.line() > 0
                && problem.column() > 0;
        String sentence = problem.sentence();
        if (!place || sentence.isBlank() || sentence.length() > 700 || UNTOLD.matcher(sentence).find()) {
            throw new AssertionError("badly told: " + problem);
        }
    }

    private Reading all() {
        return () -> {
            Inventory read = InventoryReader.read(home);
            read.services().values().forEach(s -> read.nextHops(s.servers()));
            read.checks().values().forEach(c -> {
                c.timers().worstDetection().toNanos();
                c.timers().staleAfter().toNanos();
                c.timers().firstVerdict().toNanos();
            });
            return read;
        };
    }

    @Test
    void inventoriesWithSlips() throws IOException {
        String widgetco = Files.readString(Path.of("inventory/widgetco.yaml"));
        assertThat(mutants(1500, widgetco, inventory, all())).isBetween(100, 1500);
        assertThat(mutants(2500, EVERYTHING, inventory, all())).isBetween(100, 2000);
    }

    @Test
    void oneOfTwoFilesWithSlips() throws IOException {
        Path two = Path.of("samples/by-hand");
        Path settings = home.resolve("inventory/settings.yaml");
        Files.copy(two.resolve("settings-first.yaml"), settings);
        assertThat(mutants(1500, Files.readString(two.resolve("network.yaml")), inventory, all())).isPositive();
        Files.copy(two.resolve("network.yaml"), inventory, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        for (String name : List.of("settings-first.yaml", "settings-second.yaml")) {
            assertThat(mutants(500, Files.readString(two.resolve(name)), settings, all())).isPositive();
        }
    }

    private static Map<String, String> shipped(String folder) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return texts;
    }

    @Test
    void playbooksWithSlips() throws IOException {
        Files.writeString(inventory, Files.readString(Path.of("samples/by-hand/network.yaml"))
                .replace("address: 192.168.1.3}", "address: 192.168.1.3, user: root, agent: true}"));
        for (Map.Entry<String, String> shipped : shipped("playbooks").entrySet()) {
            Path file = home.resolve("playbooks").resolve(shipped.getKey());
            String enabled = shipped.getValue().replace("enabled: false", "enabled: true");
            assertThat(mutants(500, enabled, file, all())).as(shipped.getKey()).isPositive();
            Files.delete(file);
        }
    }

    @Test
    void dialectsWithSlips() throws IOException {
        for (Map.Entry<String, String> shipped : shipped("routers").entrySet()) {
            Path file = home.resolve("routers").resolve(shipped.getKey());
            String name = shipped.getKey().replace(".yaml", "");
            Files.writeString(inventory, NETWORK.replace("DIALECT", name));
            mutants(900, shipped.getValue(), file, () -> InventoryReader.dialects(home, List.of(file)));
            mutants(150, shipped.getValue(), file, all());
            Files.delete(file);
        }
    }

    @Test
    void everythingWithSlipsAtOnce() throws IOException {
        Map<String, String> playbooks = shipped("playbooks");
        int i = 0;
        for (Map.Entry<String, String> playbook : playbooks.entrySet()) {
            Files.write(home.resolve("playbooks").resolve(playbook.getKey()),
                    new Mutator(playbook.getValue()).mutant(SEED + i++).getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(inventory, EVERYTHING);
        assertThat(slips(1000, EVERYTHING, inventory, all())).isZero();
    }
}
