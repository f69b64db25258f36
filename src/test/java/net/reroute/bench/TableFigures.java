package net.reroute.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import net.reroute.lab.Lab;
import net.reroute.lab.Reroute;

/** Figures of a Linux router that holds everybody's routes: 1,000,000 foreign ones, 1,000 services, 60 at the server that dies. */
final class TableFigures {

    static final List<String> NAMES = List.of("million", "monitor");

    private static final String FAST = "up: {icmp: \"{server}\", every: 50ms, timeout: 50ms, fall: 3}";
    private static final int FOREIGN = 1_000_000;
    private static final int SERVICES = 1000;
    private static final int AT_HOST1 = 60;

    private final Lab lab;
    private final Reroute reroute;

    private TableFigures(Lab lab) {
        this.lab = lab;
        this.reroute = new Reroute(lab);
    }

    static void measure(String name) {
        try (Lab lab = new Lab()) {
            lab.sshd().start("gw1", "192.168.1.1");
            TableFigures figures = new TableFigures(lab);
            figures.start(name.equals("million") ? FOREIGN : 0);
            if (name.equals("million")) {
                figures.million();
            } else {
                figures.monitor();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start(int foreign) throws IOException {
        Path routes = lab.folder().resolve("routes");
        StringBuilder services = new StringBuilder("services:\n");
        try (BufferedWriter out = Files.newBufferedWriter(routes)) {
            for (int i = 0; i < foreign; i++) {
                out.write("route add " + (20 + (i >> 16)) + "." + (i >> 8 & 255) + "." + (i & 255)
                        + ".0/24 via 192.168.1.29 proto bird\n");
            }
            for (int i = 0; i < SERVICES; i++) {
                String prefix = "10.9." + (i >> 8) + "." + (i & 255) + "/32";
                boolean first = i < AT_HOST1;
                services.append("  s" + i + ": {prefix: " + prefix + ", servers: " + (first
                        ? "[host1, host2]"
                        : "[host2, host3]") + ", checks: [up], soak: 300ms}\n");
                out.write("route add " + prefix + " via 192.168.1." + (first ? 2 : 3) + "\n");
            }
        }
        for (String host : Lab.HOSTS) {
            lab.in(host, "ip route add local 10.9.0.0/16 dev lo");
        }
        reroute.write("lab.yaml", reroute.routers() + Reroute.servers() + "checks:\n  " + FAST + "\n" + services);
        lab.in("gw1", "ip -batch " + routes);
        reroute.daemon();
        Lab.await("every service is at an UP server", () -> reroute.ask("status").status() == 0);
    }

    private void million() throws IOException {
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            LockSupport.parkNanos(3_000_000_000L); // the probes of the moves before
            Instant began = Instant.now();
            lab.cutOff("host1");
            Lab.await("all moved", () -> moved(began, "DOWN").size() == AT_HOST1);
            times.add(moved(began, "DOWN").stream().map(r -> r.path("detail").path("phases")).mapToDouble(
                    p -> p.path("decide").asDouble() + p.path("look").asDouble() + p.path("apply").asDouble()).max()
                    .orElseThrow());
            lab.plugIn("host1");
            Lab.await("all back", () -> moved(began, "home").size() >= AT_HOST1 || atHome());
        }
        Figures.say("60 of 1000 among 1,000,000 foreign", "ms", times);
        System.out.printf("%-34s %.0f MB resident%n", "1,000,000 foreign routes", resident());
    }

    private boolean atHome() {
        return lab.nextHop("10.9.0.0").equals("192.168.1.2") && reroute.ask("status").status() == 0;
    }

    private List<JsonNode> moved(Instant since, String why) {
        List<JsonNode> rows = new ArrayList<>();
        for (JsonNode row : Figures.json(reroute.ask("history", "--json").text())) {
            if (row.path("kind").asText().equals("moved") && row.path("text").asText().contains(why)
                    && Instant.parse(row.path("at").asText()).isAfter(since)) {
                rows.add(row);
            }
        }
        return rows;
    }

    private double resident() throws IOException {
        String status = Files.readString(Path.of("/proc/" + reroute.process().pid() + "/status"));
        return Double.parseDouble(status.replaceAll("(?s).*VmRSS:\\s+(\\d+) kB.*", "$1")) / 1024;
    }

    /** A hand edit, while a table flaps beside it; from the edit to the row that tells of it. */
    private void monitor() {
        LockSupport.parkNanos(3_000_000_000L);
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String text = "at host" + (2 + i % 2) + " on gw1";
            Instant began = Instant.now();
            lab.in("gw1", "for i in 1 2 3 4; do ip route add 20.0.$i.0/24 via 192.168.1.29 proto bird; done;"
                    + " ip route replace 10.9.3.200 via 192.168.1." + (3 + i % 2) + "; ip route flush proto bird");
            if (i > 0) {
                Lab.await("the edit is found", () -> found(began, text).isPresent());
                times.add(Duration.between(began, found(began, text).orElseThrow()).toNanos() / 1e6);
            }
        }
        Figures.say("hand edit to the row that tells it", "ms", times);
    }

    private java.util.Optional<Instant> found(Instant since, String text) {
        List<Instant> found = new ArrayList<>();
        for (JsonNode row : Figures.json(reroute.ask("history", "--json").text())) {
            Instant at = Instant.parse(row.path("at").asText());
            if (row.path("kind").asText().equals("found") && row.path("text").asText().contains(text)
                    && at.isAfter(since)) {
                found.add(at);
            }
        }
        return found.stream().min(Comparator.naturalOrder());
    }
}
