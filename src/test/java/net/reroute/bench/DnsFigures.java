package net.reroute.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.reroute.core.Address;
import net.reroute.core.Login.Secret;
import net.reroute.core.RouterSpec;
import net.reroute.core.Seen;
import net.reroute.core.Service;
import net.reroute.core.Shift;
import net.reroute.core.Zone;
import net.reroute.core.Zone.Key;
import net.reroute.core.Zone.NameServer;
import net.reroute.lab.Lab;
import net.reroute.lab.LabBind;
import net.reroute.lab.Reroute;
import net.reroute.redirect.dns.DnsRedirector;
import net.reroute.redirect.dns.GivenNames;
import net.reroute.ssh.Fence;

/** Figures of names in real BIND. */
final class DnsFigures {

    static final List<String> NAMES = List.of("dns", "dnsmany");

    private static final String ALLOW = "allow-update { key reroute; };";
    private static final int MANY = 10_000;
    private static final int ROUNDS = 10;

    private DnsFigures() {}

    static void measure(String name) {
        try {
            if (name.equals("dns")) {
                gone();
            } else {
                many();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String others() {
        return IntStream.range(0, MANY).mapToObj(i -> "n" + i + " A 203.0.113." + i % 250 + "\n")
                .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append).toString();
    }

    /** From the health that turned DOWN, as logged, until dig at the name server no longer shows the record. */
    private static void gone() throws IOException {
        List<Long> took = new ArrayList<>();
        try (Lab lab = new Lab(); LabBind bind = LabBind.at(lab, "ns", 20)) {
            lab.sshd().start("gw1", "192.168.1.1");
            lab.serve();
            lab.routesAtHome();
            bind.primary(ALLOW,
                    "www A 192.168.1.33\nwww A 192.168.1.65\nwww A 192.168.1.97\nwww A 192.168.1.129\n" + others());
            Reroute reroute = new Reroute(lab);
            StringBuilder services = new StringBuilder();
            for (int i = 1; i <= 4; i++) {
                services.append("  www-").append(i).append(": {prefix: 192.168.1.").append(i * 32)
                        .append("/27, servers: [host").append(i).append("], checks: [port]}\n");
            }
            reroute.write("lab.yaml", reroute.routers() + Reroute.servers()
                    + "checks:\n  port: {tcp: \"{server}:80\", every: 200ms, fast: 100ms, timeout: 100ms}\n"
                    + "services:\n" + services + "names:\n  www.widgetco.example: {zone: widgetco.example,"
                    + " services: [www-1, www-2, www-3, www-4], servers: [\"" + bind.address() + "\"], soak: 1s,"
                    + " tsig: {name: reroute, key: {file: " + bind.key() + "}}}\n");
            reroute.daemon();
            Lab.await("all UP", () -> reroute.ask("status").status() == 0);
            for (int i = 0; i < ROUNDS; i++) {
                Path seen = lab.folder().resolve("seen" + i);
                Process poll = lab.start("ns", lab.folder().resolve("poll.log"),
                        List.of("sh", "-c", "while dig +short @"
                                + bind.address()
                                + " www.widgetco.example A | grep -q 192.168.1.97; do :; done; date +%s%3N > " + seen));
                lab.crash("host3");
                Lab.await("gone", () -> !poll.isAlive() && Files.exists(seen));
                took.add(Long.parseLong(Files.readString(seen).strip()) - down(reroute.log()));
                lab.serve("host3");
                Lab.await("back", () -> bind.dig("A", "www.widgetco.example").lines().count() == 4);
                Lab.await("all UP", () -> reroute.ask("status").status() == 0);
            }
            reroute.stop();
        }
        took.sort(Long::compare);
        System.out.println("dns: from DOWN to gone at BIND, a zone with " + MANY + " other names, ms: median "
                + took.get(took.size() / 2) + ", all " + took);
    }

    /** The time of the last health that turned DOWN, in the log. */
    private static long down(String log) {
        String line = log.lines().filter(l -> l.contains("host3 port: UP -> DOWN")).reduce((a, b) -> b).orElseThrow();
        return LocalDateTime.parse(line.substring(0, 23).replace(' ', 'T')).atZone(ZoneId.systemDefault()).toInstant()
                .toEpochMilli();
    }

    /** Ten thousand names of ours: the first look, a look without a change, and one service taken off all of them. */
    private static void many() throws IOException {
        String records = IntStream.range(0, MANY)
                .mapToObj(i -> "n" + i + " A 192.168.1.33\nn" + i + " A 192.168.1.65\n")
                .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append).toString();
        try (LabBind bind = LabBind.here(ALLOW, records)) {
            Zone zone = new Zone("widgetco.example",
                    List.of(new NameServer(Address.parse(bind.address()), LabBind.HERE)),
                    Optional.of(new Key("reroute", "hmac-sha256", new Secret.InFile(bind.key()))), Optional.empty());
            List<Service> names = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                names.add(GivenNames.name("n" + i + ".widgetco.example", zone,
                        new HashMap<>(Map.of("www-1", "192.168.1.33", "www-2", "192.168.1.65"))));
            }
            try (DnsRedirector redirector = DnsRedirector.open(RouterSpec.of(zone), Duration.ofSeconds(5),
                    n -> Set.of(), InstantSource.system(), Fence.NONE)) {
                long began = System.nanoTime();
                Map<String, Seen> seen = redirector.look(names);
                tell("first look", began);
                began = System.nanoTime();
                redirector.look(names);
                tell("look without a change", began);
                List<Shift> shifts = names.stream()
                        .map(n -> new Shift(n, seen.get(n.name()), List.of("www-1"), false, false,
                                Optional.empty(), "bench"))
                        .toList();
                began = System.nanoTime();
                long moved = redirector.apply(shifts).done().values().stream()
                        .filter(d -> d.kind() == net.reroute.core.Outcome.Kind.MOVED).count();
                tell(moved + " names changed and read back", began);
            }
        }
    }

    private static void tell(String what, long began) {
        System.out.println("dnsmany: " + what + ": " + (System.nanoTime() - began) / 1_000_000 + " ms");
    }
}
