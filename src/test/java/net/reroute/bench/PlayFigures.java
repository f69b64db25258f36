package net.reroute.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import net.reroute.lab.Lab;
import net.reroute.lab.Reroute;

/** Figures of playbooks, drills and notifications. */
final class PlayFigures {

    static final List<String> NAMES = List.of("playrespawn", "playdrill", "playmany");

    private static final String CHECKS = "web: {http: \"http://{server}/\", body: \"</html>\", every: 200ms, fast: 200ms,"
            + " timeout: 200ms, fall: 3}";
    private static final int SERVERS = 500;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Lab lab;
    private Reroute reroute;

    private PlayFigures(Lab lab) {
        this.lab = lab;
        this.reroute = new Reroute(lab);
    }

    static void measure(String name) {
        try (Lab lab = new Lab()) {
            lab.sshd().start("gw1", "192.168.1.1");
            PlayFigures figures = new PlayFigures(lab);
            switch (name) {
                case "playrespawn" -> figures.respawn();
                case "playdrill" -> figures.drill();
                default -> figures.many();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void nginx() {
        for (int i = 0; i < Lab.HOSTS.size(); i++) {
            lab.sshd().startAlone(Lab.HOSTS.get(i), "192.168.1." + (i + 2));
            lab.sshd().on(Lab.HOSTS.get(i), "nginx");
        }
        lab.routesAtHome();
        reroute.inventory(CHECKS, "checks: [web], soak: 1s");
        reroute.write("lab.yaml", reroute.read("lab.yaml").replace(Reroute.servers(), reroute.serversWithLogin()));
    }

    private void start() {
        reroute.daemon();
        Lab.await("every service is at an UP server", () -> reroute.ask("status").status() == 0);
    }

    /** From kill -9 of a web server to its port open again, by the playbook that is shipped; no route moved. */
    private void respawn() throws IOException {
        nginx();
        reroute.playbook("respawn-web",
                Files.readString(Path.of("playbooks/respawn-web.yaml")).replace("enabled: false", "enabled: true"));
        start();
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            LockSupport.parkNanos(13_000_000_000L); // more often than five times a minute it is held for its own cause
            long began = System.nanoTime();
            lab.sshd().on("host1", "pkill -9 -x nginx");
            double killed = (System.nanoTime() - began) / 1e6;
            Lab.await("it listens again", () -> lab.listens("host1", 80));
            times.add((System.nanoTime() - began) / 1e6 - killed / 2);
            Lab.await("all is well", () -> reroute.ask("status").status() == 0);
        }
        Figures.say("crash to served again", "ms", times);
        System.out.println("routes moved: " + lab.in("gw1", "ip route show proto 201 | wc -l").strip());
    }

    private void drill() {
        nginx();
        start();
        List<Double> whole = new ArrayList<>();
        List<Double> away = new ArrayList<>();
        List<Double> back = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            long began = System.nanoTime();
            JsonNode report = json(reroute.ask("drill", "host" + (i % 4 + 1), "--json").text());
            whole.add((System.nanoTime() - began) / 1e6);
            away.add(report.path("milliseconds").path("away").asDouble());
            back.add(report.path("milliseconds").path("back").asDouble());
            if (!report.path("result").asText().equals("pass")) {
                System.out.println(report.toPrettyString());
            }
        }
        Figures.say("drill, whole", "ms", whole);
        Figures.say("drill, away", "ms", away);
        Figures.say("drill, back", "ms", back);
        System.out.println(reroute.ask("drill", "host1", "--report").text());
    }

    // ---- five hundred at once ----------------------------------------------------------------------------------------

    /** 500 servers that die in one moment: how long their services take to move, told to nobody, and told by mail. */
    private void many() throws IOException {
        StringBuilder addresses = new StringBuilder();
        StringBuilder routes = new StringBuilder();
        StringBuilder servers = new StringBuilder("servers:\n  host2: {address: 192.168.1.3}\n");
        StringBuilder services = new StringBuilder("services:\n");
        for (int i = 0; i < SERVERS; i++) {
            String address = "10.8." + (i >> 8) + "." + (i & 255);
            String prefix = "10.9." + (i >> 8) + "." + (i & 255) + "/32";
            addresses.append("addr add " + address + "/32 dev eth0\n");
            routes.append("route add " + prefix + " via " + address + "\n");
            servers.append("  s" + i + ": {address: " + address + "}\n");
            services.append("  w" + i + ": {prefix: " + prefix + ", servers: [s" + i
                    + ", host2], checks: [up], soak: 300ms}\n");
        }
        batch("host1", addresses);
        for (String machine : List.of("gw1", "ctl")) {
            lab.in(machine, "ip addr add 10.8.255." + (machine.equals("gw1") ? 1 : 2) + "/16 dev eth0");
        }
        lab.in("host1", "ip route add 10.8.0.0/16 dev eth0");
        batch("gw1", routes);
        lab.in("host2", "ip route add local 10.9.0.0/16 dev lo");
        lab.in("host1", "ip route add local 10.9.0.0/16 dev lo");
        String inventory = reroute.routers() + servers
                + "checks:\n  up: {icmp: \"{server}\", every: 500ms, fast: 200ms, timeout: 200ms, fall: 3}\n"
                + services;
        List<Double> silent = new ArrayList<>();
        List<Double> told = new ArrayList<>();
        List<Double> kept = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            boolean tells = i % 2 == 1;
            reroute = new Reroute(lab, "many" + i);
            reroute.write("lab.yaml", inventory + (tells
                    ? "channels:\n  ops: {mail: [a@example.com], from: b@example.com, smtp: \"127.0.0.1:9\", tls: none}\n"
                            + "notify:\n  all: {to: ops, severity: info}\n"
                    : ""));
            start();
            LockSupport.parkNanos(5_000_000_000L);
            lab.cutOff("host1");
            if (tells) {
                kept.add(outbox());
            }
            Lab.await("all moved", () -> moved() == SERVERS, () -> moved() + " moved");
            (tells ? told : silent).add(verdictToVerified());
            lab.plugIn("host1");
            Lab.await("all back", () -> moved() == 0, () -> moved() + " still moved");
            reroute.kill();
        }
        Figures.say("500 services moved, nobody told", "ms", silent);
        Figures.say("500 services moved, told by mail", "ms", told);
        Figures.say("last of 1000 events to outbox", "ms", kept);
        System.out.printf("told / nobody told, medians: %.3f%n", median(told) / median(silent));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private void batch(String machine, StringBuilder lines) throws IOException {
        Path file = Files.writeString(lab.folder().resolve("batch"), lines);
        lab.in(machine, "ip -batch " + file);
    }

    private int moved() {
        return Integer.parseInt(lab.in("gw1", "ip route show via 192.168.1.3 | grep -c '^10.9' || true").strip());
    }

    /** From the last of what happened to all of it in the outbox's table. */
    private double outbox() {
        String url = "jdbc:sqlite:" + reroute.home().resolve("state/journal.db");
        try (Connection db = DriverManager.getConnection(url); Statement count = db.createStatement()) {
            long end = System.nanoTime() + 30_000_000_000L;
            while (System.nanoTime() < end) {
                try (ResultSet rows = count.executeQuery("SELECT count(*) FROM outbox")) {
                    int n = rows.getInt(1);
                    if (n < 2 * SERVERS) {
                        LockSupport.parkNanos(20_000_000);
                        continue;
                    }
                }
                Instant now = Instant.now();
                try (ResultSet last = count.executeQuery("SELECT max(json_extract(text, '$.at')) FROM outbox")) {
                    return Duration.between(Instant.parse(last.getString(1)), now).toNanos() / 1e6;
                }
            }
            throw new AssertionError("not all of it is in the outbox");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of the last one that moved. */
    private double verdictToVerified() {
        double longest = 0;
        for (JsonNode row : json(reroute.ask("history", "--json").text())) {
            if (row.path("kind").asText().equals("moved")) {
                JsonNode phases = row.path("detail").path("phases");
                longest = Math.max(longest, phases.path("decide").asDouble() + phases.path("look").asDouble()
                        + phases.path("apply").asDouble());
            }
        }
        return longest;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
