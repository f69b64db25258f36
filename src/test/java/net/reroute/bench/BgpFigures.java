package net.reroute.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.reroute.lab.Lab;
import net.reroute.lab.LabSites;
import net.reroute.lab.Reroute;

/** Changes of sites that announce by BGP, with FRR at all ends: how long they take, and what they lose. */
final class BgpFigures {

    static final List<String> NAMES = List.of("bgp");

    private static final int ROUNDS = 10;
    private static final int PACKETS = 30_000;
    private static final Pattern DOWN = Pattern
            .compile("(\\d{4}-\\d\\d-\\d\\d) ([\\d:.]+) (?:INFO|WARN) +health host2 port: UP -> DOWN");
    private static final Pattern CHANGED = Pattern.compile("\\[([\\dT:.-]+)\\] \\S*" + Pattern.quote(
            LabSites.PREFIX) + ".* via 172\\.16\\.2\\.2");

    private BgpFigures() {}

    static void measure() {
        try (Lab lab = new Lab()) {
            LabSites sites = new LabSites(lab);
            sites.two();
            Reroute reroute = new Reroute(lab, "bgp");
            LabSites.inventory(reroute, "routers:\n" + LabSites.login(reroute, "gw1", "192.168.1.1", "linux")
                    + LabSites.login(reroute, "edge2", "192.168.1.28", "linux"), LabSites.PREFIX,
                    "speakers: {gw1: [host1, host2], edge2: [host3]}, share: 1");
            reroute.daemon();
            reroute.ask("www", "to", "gw1", "--because", "first");
            reroute.ask("release", "www");
            withdrawals(lab, sites, reroute);
            packets(lab, sites, reroute);
            reroute.stop();
        }
    }

    private static void withdrawals(Lab lab, LabSites sites, Reroute reroute) {
        List<Long> took = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            Lab.await("at home", () -> reroute.ask("explain", "www").text().contains("is at gw1;"));
            Path out = lab.folder().resolve("monitor" + i);
            Process monitor = lab.start("isp", out, List.of("ip", "-ts", "monitor", "route"));
            lab.crash("host1");
            lab.crash("host2");
            Lab.await("at the other site", () -> sites.way().equals("172.16.2.2"), reroute::log);
            Lab.await("told", () -> last(CHANGED, read(out)) != null && last(DOWN, reroute.log()) != null);
            Matcher down = last(DOWN, reroute.log());
            took.add(ChronoUnit.MILLIS.between(LocalDateTime.parse(down.group(1) + "T" + down.group(2)),
                    LocalDateTime.parse(last(CHANGED, read(out)).group(1))));
            monitor.descendants().forEach(ProcessHandle::destroyForcibly);
            monitor.destroyForcibly();
            lab.repair();
        }
        took.sort(Long::compare);
        System.out.println("bgp: from the last server's DOWN to the provider's kernel leading to the other site, ms:"
                + " median " + took.get(ROUNDS / 2) + ", all " + took);
    }

    private static void packets(Lab lab, LabSites sites, Reroute reroute) {
        Lab.await("at home", () -> sites.way().equals("172.16.1.2"));
        Path out = lab.folder().resolve("pings");
        Process pings = lab.start("isp", out, List.of("ping", "-q", "-i", "0.001", "-c", String.valueOf(PACKETS),
                "203.0.113.1"));
        reroute.ask("www", "to", "edge2", "--because", "bench");
        reroute.ask("release", "www");
        Lab.await("back after its soak", () -> sites.way().equals("172.16.1.2"));
        try {
            pings.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.out.println("bgp: a planned change there, and the return after a soak: "
                + read(out).lines().filter(l -> l.contains("packets transmitted")).findFirst().orElse(read(out)));
    }

    private static Matcher last(Pattern pattern, String text) {
        Matcher found = null;
        for (String line : text.split("\n")) {
            Matcher matcher = pattern.matcher(line);
            found = matcher.find() ? matcher : found;
        }
        return found;
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
