package net.reroute.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import net.reroute.lab.Lab;
import net.reroute.lab.Reroute;
import net.reroute.lab.Shellout;

/** How long commands and daemons take to start, installed and from a checkout. Needs target/packages. */
final class StartFigures {

    static final List<String> NAMES = List.of("start");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COMMANDS = 40;
    private static final int DAEMONS = 10;
    private static final long POLL_NANOS = 100_000_000;

    private StartFigures() {}

    static void measure() {
        try (Lab lab = new Lab()) {
            lab.sshd().start("gw1", "192.168.1.1");
            lab.serve();
            lab.routesAtHome();
            Path installed = lab.folder().resolve("opt");
            Shellout.run("mkdir", installed.toString());
            Shellout.run("sh", "-c", "tar -xzf target/packages/*.tar.gz --strip-components=1 -C " + installed
                    + " && " + installed.resolve("bin/make-caches"));
            Reroute reroute = new Reroute(lab);
            reroute.inventory("web: {http: \"http://{server}/\"}", "checks: [web]");
            daemons(lab, reroute, installed);
            reroute.daemon();
            commands(reroute, installed);
            reroute.stop();
        }
    }

    private static void commands(Reroute reroute, Path installed) {
        Path java = installed.resolve("runtime/bin/java");
        List<String> hello = List.of(java.toString(), "-XX:-UsePerfData", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "--version");
        List<String> packaged = List.of(installed.resolve("bin/reroute").toString(), "--home",
                reroute.home().toString(),
                "status");
        List<String> checkout = List.of(Path.of("bin/reroute").toAbsolutePath().toString(), "--home",
                reroute.home().toString(), "status");
        List<List<String>> all = List.of(hello, packaged, checkout);
        double[][] millis = new double[all.size()][COMMANDS];
        for (int i = -3; i < COMMANDS; i++) {
            for (int k = 0; k < all.size(); k++) {
                long began = System.nanoTime();
                Shellout.attempt(all.get(k));
                millis[k][Math.max(i, 0)] = (System.nanoTime() - began) / 1e6;
            }
        }
        print("java --version", millis[0]);
        print("status, installed", millis[1]);
        print("status, checkout", millis[2]);
    }

    private static void daemons(Lab lab, Reroute reroute, Path installed) {
        double[] packaged = new double[DAEMONS];
        double[] jar = new double[DAEMONS];
        for (int i = 0; i < DAEMONS; i++) {
            packaged[i] = firstVerdicts(lab, reroute, List.of(installed.resolve("bin/reroute").toString()));
            jar[i] = firstVerdicts(lab, reroute, List.of(System.getProperty("java.home") + "/bin/java",
                    "-XX:+UseSerialGC", "-Xms64m", "-jar", Path.of("target/reroute.jar").toAbsolutePath().toString()));
        }
        print("daemon to the verdicts on four servers, installed", packaged);
        print("daemon to the verdicts on four servers, checkout", jar);
    }

    /** Milliseconds from the start to the last of four verdicts, by the time that the daemon tells for it. */
    private static double firstVerdicts(Lab lab, Reroute reroute, List<String> program) {
        Shellout.run("rm", "-rf", reroute.home().resolve("state").toString());
        List<String> words = new ArrayList<>(program);
        words.addAll(List.of("--home", reroute.home().toString(), "daemon"));
        Instant began = Instant.now();
        Process daemon = lab.start("ctl", lab.folder().resolve("start.log"), words);
        while (!isAllUp(reroute)) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        double millis = Duration.between(began, lastVerdict(reroute)).toNanos() / 1e6;
        daemon.destroy();
        Lab.await("the daemon has ended", () -> !daemon.isAlive());
        return millis;
    }

    private static Instant lastVerdict(Reroute reroute) {
        try {
            Instant last = Instant.MIN;
            for (JsonNode server : JSON.readTree(reroute.ask("status", "--json").text()).get("servers")) {
                Instant since = Instant.parse(server.get("since").asText());
                last = since.isAfter(last) ? since : last;
            }
            return last;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isAllUp(Reroute reroute) {
        if (!Files.exists(reroute.home().resolve("state/socket"))) {
            return false;
        }
        try {
            return reroute.ask("status", "--fields", "servers.state").text().split("\"UP\"", -1).length == 5;
        } catch (UncheckedIOException e) {
            return false; // not yet
        }
    }

    private static void print(String what, double[] millis) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        System.out.printf("%s: median %.0f ms (%.0f to %.0f), n = %d%n", what, sorted[sorted.length / 2], sorted[0],
                sorted[sorted.length - 1], sorted.length);
    }
}
