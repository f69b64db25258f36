package net.reroute.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import net.reroute.lab.Lab;
import net.reroute.lab.Meter;
import net.reroute.lab.Reroute;
import net.reroute.lab.Shellout;

/** The figures of docs/benchmarks.md: bin/bench [NAME...]. */
public final class Figures {

    private static final String FAST = "up: {icmp: \"{server}\", every: 50ms, timeout: 50ms, fall: 3}";
    private static final String WEB = "web: {http: \"http://{server}/\", every: 100ms, timeout: 100ms, fall: 2}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Runnable> all = new TreeMap<>(Map.of("planned", this::planned, "silent", this::silent,
            "crash", this::crash, "one", this::one, "thousand", () -> many(1000), "tenthousand", () -> many(10_000),
            "status", this::status, "checks", this::checks));

    private Lab lab;
    private Reroute reroute;

    private Figures() {}

    /** What each group measures, by its names; in the order in which all are measured. */
    private static Map<String, Consumer<String>> groups() {
        Map<String, Consumer<String>> groups = new LinkedHashMap<>();
        FrrFigures.NAMES.forEach(n -> groups.put(n, FrrFigures::measure));
        ArpFigures.NAMES.forEach(n -> groups.put(n, ArpFigures::measure));
        PlayFigures.NAMES.forEach(n -> groups.put(n, PlayFigures::measure));
        TableFigures.NAMES.forEach(n -> groups.put(n, TableFigures::measure));
        HostileFigures.NAMES.forEach(n -> groups.put(n, HostileFigures::measure));
        JournalFigures.NAMES.forEach(n -> groups.put(n, JournalFigures::measure));
        DnsFigures.NAMES.forEach(n -> groups.put(n, DnsFigures::measure));
        SwitchFigures.NAMES.forEach(n -> groups.put(n, name -> SwitchFigures.measure()));
        FarmFigures.NAMES.forEach(n -> groups.put(n, name -> FarmFigures.measure()));
        BalanceFigures.NAMES.forEach(n -> groups.put(n, name -> BalanceFigures.measure()));
        BgpFigures.NAMES.forEach(n -> groups.put(n, name -> BgpFigures.measure()));
        FlowFigures.NAMES.forEach(n -> groups.put(n, FlowFigures::measure));
        PageFigures.NAMES.forEach(n -> groups.put(n, name -> PageFigures.measure()));
        ClusterFigures.NAMES.forEach(n -> groups.put(n, ClusterFigures::measure));
        ChaosFigures.NAMES.forEach(n -> groups.put(n, ChaosFigures::measure));
        StartFigures.NAMES.forEach(n -> groups.put(n, name -> StartFigures.measure()));
        WideFigures.NAMES.forEach(n -> groups.put(n, WideFigures::measure));
        return groups;
    }

    public static void main(String[] args) {
        Figures figures = new Figures();
        Map<String, Consumer<String>> groups = groups();
        List<String> known = new ArrayList<>(figures.all.keySet());
        known.addAll(groups.keySet());
        for (String name : args.length == 0 ? known : Arrays.asList(args)) {
            groups.getOrDefault(name, figures::own).accept(name);
        }
    }

    private void own(String name) {
        try (Lab fresh = new Lab()) {
            lab = fresh;
            fresh.sshd().start("gw1", "192.168.1.1");
            fresh.serve();
            fresh.routesAtHome();
            reroute = new Reroute(fresh);
            all.get(name).run();
        }
    }

    static void say(String name, String unit, List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        System.out.printf("%-34s n=%-4d min %8.1f  median %8.1f  max %8.1f %s%n", name, sorted.size(),
                sorted.getFirst(),
                sorted.get(sorted.size() / 2), sorted.getLast(), unit);
    }

    private void daemon(String checks, String names) {
        reroute.inventory(checks, "checks: [" + names + "], soak: 300ms");
        reroute.daemon();
        allUp();
    }

    private void allUp() {
        Lab.await("every service is at an UP server", () -> reroute.ask("status").status() == 0);
    }

    // ---- client gaps -------------------------------------------------------------------------------------------------

    private void planned() {
        daemon(FAST, "up");
        List<Double> lost = new ArrayList<>();
        List<Double> gaps = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Meter meter = new Meter(lab, "192.168.1.33", 10_000, 30_000);
            meter.running(1000);
            must("www-1", "to", i % 2 == 0 ? "host3" : "host1");
            Meter.Reading reading = meter.read();
            lost.add((double) reading.lost());
            gaps.add(reading.gapMillis());
        }
        say("planned move, of 30000", "packets lost", lost);
        say("planned move, longest gap", "ms", gaps);
    }

    private void silent() {
        daemon(FAST, "up");
        gaps("silent death", () -> lab.cutOff("host1"), () -> lab.plugIn("host1"));
    }

    private void crash() {
        daemon(WEB, "web");
        gaps("crash of the web server", () -> lab.crash("host1"), () -> {
            lab.serve("host1");
            Lab.await("host1 serves", () -> lab.listens("host1", 80));
        });
    }

    private void gaps(String name, Runnable failure, Runnable repair) {
        List<Double> gaps = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Meter meter = new Meter(lab, "192.168.1.33", 1000, 60_000);
            meter.running(300 + i * 7); // another phase of the checks each time
            failure.run();
            Lab.await("moved", () -> lab.nextHop("192.168.1.33").equals("192.168.1.3"));
            gaps.add(meter.stop().gapMillis());
            repair.run();
            Lab.await("back home", () -> lab.nextHop("192.168.1.33").equals("192.168.1.2"));
            allUp();
        }
        say(name + ", longest client gap", "ms", gaps);
    }

    private void must(String... command) {
        Shellout.Done done = reroute.ask(command);
        if (done.status() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + done.text());
        }
    }

    // ---- phases ------------------------------------------------------------------------------------------------------

    private void one() {
        daemon(FAST, "up");
        List<Double> phases = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Shellout.Done done = reroute.ask("www-1", "to", i % 2 == 0 ? "host3" : "host1", "--json");
            JsonNode ms = json(done.text()).path(0).path("milliseconds");
            if (i >= 20) {
                phases.add(ms.path("look").asDouble() + ms.path("apply").asDouble());
            }
        }
        say("one prefix, look to read back", "ms", phases);
    }

    /** All prefixes of a server that dies, from the verdict to the last route in the router's kernel, read back. */
    private void many(int prefixes) {
        StringBuilder services = new StringBuilder("services:\n");
        StringBuilder routes = new StringBuilder();
        for (int i = 0; i < prefixes; i++) {
            String prefix = "10.9." + (i >> 8) + "." + (i & 255) + "/32";
            services.append(
                    "  s" + i + ": {prefix: " + prefix + ", servers: [host1, host2], checks: [up], soak: 300ms}\n");
            routes.append("route add " + prefix + " via 192.168.1.2\n");
        }
        reroute.write("lab.yaml", reroute.routers() + Reroute.servers() + "checks:\n  " + FAST + "\n" + services);
        lab.in("host2", "ip route add local 10.9.0.0/16 dev lo");
        lab.in("host1", "ip route add local 10.9.0.0/16 dev lo");
        write(lab.folder().resolve("routes"), routes.toString());
        lab.in("gw1", "ip -batch " + lab.folder().resolve("routes"));
        reroute.daemon();
        allUp();
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            LockSupport.parkNanos(3_000_000_000L); // the probes of the moves before
            lab.cutOff("host1");
            Lab.await("all moved", () -> count("192.168.1.3") == prefixes, () -> count("192.168.1.3") + " moved");
            JsonNode phases = lastMove().path("detail").path("phases");
            times.add(phases.path("decide").asDouble() + phases.path("look").asDouble()
                    + phases.path("apply").asDouble());
            lab.plugIn("host1");
            Lab.await("all back", () -> count("192.168.1.2") == prefixes, () -> count("192.168.1.2") + " back");
            allUp();
        }
        say(prefixes + " prefixes, verdict to read back", "ms", times);
    }

    private JsonNode lastMove() {
        JsonNode[] found = new JsonNode[1];
        Lab.await("the outcome is in the journal", () -> {
            for (JsonNode row : json(reroute.ask("history", "--json").text())) {
                if (row.path("kind").asText().equals("moved") && row.path("text").asText().contains("DOWN")) {
                    found[0] = row;
                }
            }
            return found[0] != null;
        });
        return found[0];
    }

    private int count(String hop) {
        return Integer.parseInt(lab.in("gw1", "ip route show via " + hop + " | grep -c '^10.9' || true").strip());
    }

    // ---- cost --------------------------------------------------------------------------------------------------------

    private void status() {
        StringBuilder services = new StringBuilder("services:\n");
        StringBuilder routes = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            services.append(
                    "  s" + i + ": {prefix: 10.9.0." + i + "/32, servers: [host1, host2, host3], checks: [up]}\n");
            routes.append("route add 10.9.0." + i + "/32 via 192.168.1.2\n");
        }
        reroute.write("lab.yaml", reroute.routers() + Reroute.servers() + "checks:\n  " + FAST + "\n" + services);
        write(lab.folder().resolve("routes"), routes.toString());
        lab.in("gw1", "ip -batch " + lab.folder().resolve("routes"));
        reroute.daemon();
        allUp();
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            long began = System.nanoTime();
            Shellout.run(Path.of("bin/reroute").toAbsolutePath().toString(), "--home", reroute.home().toString(),
                    "status");
            if (i >= 3) {
                times.add((System.nanoTime() - began) / 1e6);
            }
        }
        say("bin/reroute status, 100 services", "ms", times);
    }

    private void checks() {
        StringBuilder text = new StringBuilder("checks:\n");
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 250; i++) {
            text.append("  c" + i + ": {http: \"http://{server}/" + i + "\", every: 1s}\n");
            names.append(i == 0 ? "" : ", ").append("c" + i);
        }
        reroute.write("lab.yaml", reroute.routers() + Reroute.servers() + text
                + "services:\n  www-1: {prefix: 192.168.1.32/27, servers: [host1, host2, host3, host4], checks: ["
                + names
                + "]}\n");
        reroute.daemon();
        allUp();
        LockSupport.parkNanos(20_000_000_000L);
        long pid = reroute.process().pid();
        List<Double> percent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            double before = cpuSeconds(pid);
            LockSupport.parkNanos(5_000_000_000L);
            percent.add((cpuSeconds(pid) - before) * 20);
        }
        say("1000 HTTP checks a second", "% of a core", percent);
        String rss = read(Path.of("/proc/" + pid + "/status")).replaceAll("(?s).*VmRSS:\\s+(\\d+) kB.*", "$1");
        System.out.printf("%-34s %.0f MB resident%n", "1000 HTTP checks a second", Double.parseDouble(rss) / 1024);
    }

    private static double cpuSeconds(long pid) {
        String[] fields = read(Path.of("/proc/" + pid + "/stat")).replaceAll(".*\\) ", "").split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }
}
