package net.reroute.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.reroute.lab.Lab;
import net.reroute.lab.LabConnections;
import net.reroute.lab.Meter;
import net.reroute.lab.PacketFlood;
import net.reroute.lab.Reroute;
import net.reroute.lab.Shellout;

/** Kept connections: what becomes of them when a service moves or its server dies, and what the router pays for it. */
final class FlowFigures {

    static final List<String> NAMES = List.of("flows", "flowcost");

    private static final String FAST = "up: {icmp: \"{server}\", every: 50ms, timeout: 50ms, fall: 3}";
    private static final Pattern DOWN = Pattern.compile("(?m)^(\\S+ \\S+) (?:INFO|WARN) +health host1 up: UP -> DOWN");
    private static final int LONG = 1000;
    private static final int MOVES = 20;
    private static final int DEATHS = 7;
    private static final int ROUNDS = 5;
    private static final int FLOWS = 100_000;

    private FlowFigures() {}

    static void measure(String name) {
        try (Lab lab = new Lab()) {
            lab.sshd().start("gw1", "192.168.1.1");
            lab.serve();
            lab.routesAtHome();
            lab.in("gw1", "nft flush ruleset");
            if (name.equals("flowcost")) {
                cost(lab, 10);
                cost(lab, 10_000);
            } else {
                LabConnections.serve(lab);
                moves(lab);
                deaths(lab);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reroute daemon(Lab lab, String folder, String flows) {
        Reroute reroute = new Reroute(lab, folder);
        reroute.inventory(FAST, "checks: [up], soak: 300ms" + flows);
        reroute.daemon();
        Lab.await("all UP", () -> reroute.ask("status").status() == 0);
        return reroute;
    }

    private static void must(Reroute reroute, String... words) {
        Shellout.Done done = reroute.ask(words);
        if (done.status() != 0) {
            throw new IllegalStateException(String.join(" ", words) + ": " + done.text());
        }
    }

    // ---- moves ----------------------------------------------------------------------------------------------------

    /** Long connections each say something every 100 ms, beside 10,000 datagrams a second. */
    private static void moves(Lab lab) {
        Reroute reroute = daemon(lab, "moves", ", flows: keep");
        LabConnections kept = LabConnections.open(lab, "client", "192.168.1.33", LONG, 100);
        List<Double> lost = new ArrayList<>();
        for (int i = 0; i < MOVES; i++) {
            Meter meter = new Meter(lab, "192.168.1.33", 10_000, 30_000);
            meter.running(1000);
            if (i % 2 == 0) {
                must(reroute, "www-1", "to", i % 4 == 0 ? "host2" : "host3");
            } else {
                must(reroute, "www-1", "to", "host1");
            }
            lost.add((double) meter.read().lost());
        }
        LabConnections.Tally tally = kept.tally();
        System.out.println("flows: " + MOVES + " planned moves with " + LONG + " long connections: " + tally.broken()
                + " broken, " + tally.silent() + " silent, answered by " + tally.by());
        Figures.say("flows: lost of 30000, each move", "packets", lost);
        must(reroute, "release", "www-1");
        lost.clear();
        for (int i = 0; i < 6; i++) {
            Meter meter = new Meter(lab, "192.168.1.33", 10_000, 30_000);
            meter.running(1000);
            must(reroute, i % 2 == 0 ? "drain" : "undrain", "host1");
            lost.add((double) meter.read().lost());
        }
        Lab.await("home", () -> lab.nextHop("192.168.1.33").equals("192.168.1.2"));
        System.out.println("flows: three drains and returns: " + kept.tally().broken() + " broken");
        Figures.say("flows: lost of 30000, drain or return", "packets", lost);
        kept.end();
        reroute.kill();
    }

    // ---- deaths ---------------------------------------------------------------------------------------------------

    /** In turns with and without: the host's port is taken off the bridge. All say something every 100 ms. */
    private static void deaths(Lab lab) {
        List<Double> gaps = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        List<Double> resets = new ArrayList<>();
        for (int i = 0; i < DEATHS; i++) {
            plain.add(death(lab, "plain" + i, "", resets));
            gaps.add(death(lab, "kept" + i, ", flows: keep", resets));
        }
        Figures.say("flows: gap of one who asks, not kept", "ms", plain);
        Figures.say("flows: gap of one who asks, kept", "ms", gaps);
        Figures.say("flows: from DOWN to the last reset", "ms", resets);
    }

    private static double death(Lab lab, String folder, String flows, List<Double> resets) {
        lab.in("gw1",
                "nft flush ruleset; while ip rule del pref 7100 2>/dev/null; do :; done; conntrack -F 2>/dev/null");
        Reroute reroute = daemon(lab, folder, flows);
        Lab.await("set up", () -> flows.isEmpty() || reroute.log().contains("knows whose"));
        LabConnections dying = flows.isEmpty() ? null : LabConnections.open(lab, "client", "192.168.1.33", LONG, 100);
        Meter meter = new Meter(lab, "192.168.1.33", 1000, 60_000);
        meter.running(500);
        lab.cutOff("host1");
        Lab.await("moved", () -> lab.nextHop("192.168.1.33").equals("192.168.1.3"));
        if (dying != null) {
            Lab.await("all are reset", () -> dying.tally().broken() == LONG, () -> dying.tally().toString());
            resets.add((double) (dying.tally().last() - down(reroute.log())));
            dying.end();
        }
        double gap = meter.stop().gapMillis();
        lab.plugIn("host1");
        Lab.await("home", () -> lab.nextHop("192.168.1.33").equals("192.168.1.2"));
        reroute.kill();
        return gap;
    }

    private static long down(String log) {
        Matcher matcher = DOWN.matcher(log);
        String last = "";
        while (matcher.find()) {
            last = matcher.group(1);
        }
        return LocalDateTime.parse(last, DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS"))
                .atZone(ZoneId.systemDefault()).toInstant().toEpochMilli();
    }

    // ---- cost -----------------------------------------------------------------------------------------------------

    /** Datagrams of many connections as fast as the client can send, counted at the server, in turns. */
    private static void cost(Lab lab, int prefixes) throws IOException {
        Path folder = Files.createTempDirectory(lab.folder(), "cost");
        StringBuilder services = new StringBuilder("services:\n");
        StringBuilder routes = new StringBuilder();
        for (int i = 0; i < prefixes; i++) {
            String prefix = "10.9." + (i >> 8) + "." + (i & 255) + "/32";
            services.append(
                    "  s" + i + ": {prefix: " + prefix + ", servers: [host1, host2, host3, host4], checks: [up],"
                            + " flows: keep}\n");
            routes.append("route replace ").append(prefix).append(" via 192.168.1.").append(2 + i % 4).append('\n');
        }
        Files.writeString(folder.resolve("routes"), routes);
        lab.in("gw1", "ip -batch " + folder.resolve("routes") + "; sysctl -qw net.ipv4.conf.all.send_redirects=0");
        Reroute reroute = new Reroute(lab, "cost" + prefixes);
        reroute.write("lab.yaml", reroute.routers() + Reroute.servers() + "checks:\n  " + FAST + "\n" + services
                + "settings: {mode: observe}\n");
        reroute.daemon();
        Lab.await("all UP", () -> reroute.ask("status").status() == 0);
        JsonNode move = new ObjectMapper().readTree(reroute.ask("s0", "to", "host2", "--dry-run", "--json").text());
        StringBuilder rules = new StringBuilder();
        StringBuilder table = new StringBuilder("add table inet reroute_flows\n");
        move.path(0).path("routers").path(0).path("typed").forEach(line -> {
            if (line.asText().startsWith("nft ")) {
                table.append(line.asText().substring(4)).append('\n');
            } else if (line.asText().startsWith("ip -4")) {
                rules.append(line.asText()).append('\n');
            }
        });
        reroute.kill();
        Files.writeString(folder.resolve("table"), table);
        String kept = rules + "nft -f " + folder.resolve("table");
        String gone = "nft flush ruleset; while ip rule del pref 7100 2>/dev/null; do :; done";
        String tracked = "nft 'add table ip t; add chain ip t c { type filter hook forward priority 0; }; add rule ip t c"
                + " ct state established accept'";
        Lab.HOSTS.forEach(h -> lab.in(h, "nft flush ruleset; nft 'add table ip t; add chain ip t c { type filter hook"
                + " prerouting priority -400; }; add rule ip t c udp dport 9 drop'"));
        List<Double> bare = new ArrayList<>();
        List<Double> alone = new ArrayList<>();
        List<Double> marked = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            lab.in("gw1", gone);
            bare.add(flood(lab, prefixes));
            lab.in("gw1", tracked);
            alone.add(flood(lab, prefixes));
            lab.in("gw1", gone + "\n" + kept);
            marked.add(flood(lab, prefixes));
        }
        lab.in("gw1", gone);
        String name = "flowcost: " + prefixes + " prefixes, ";
        Figures.say(name + "bare", "packets/s", bare);
        Figures.say(name + "tracked", "packets/s", alone);
        Figures.say(name + "kept", "packets/s", marked);
        System.out.println(name + "median of ratios: kept to tracked " + ratio(marked, alone) + ", kept to bare "
                + ratio(marked, bare) + ", tracked to bare " + ratio(alone, bare));
    }

    private static double ratio(List<Double> some, List<Double> others) {
        return IntStream.range(0, some.size()).mapToDouble(i -> some.get(i) / others.get(i)).sorted()
                .skip(some.size() / 2).findFirst().orElseThrow();
    }

    /** Packets a second that came out at the servers. */
    private static double flood(Lab lab, int prefixes) {
        String router = lab.in("gw1", "cat /sys/class/net/eth1/address").strip();
        PacketFlood.run(lab, "client", router, prefixes, FLOWS, FLOWS); // makes the connections
        long before = received(lab);
        int packets = FLOWS * 20;
        double rate = PacketFlood.run(lab, "client", router, prefixes, FLOWS, packets);
        return rate * (received(lab) - before) / packets;
    }

    private static long received(Lab lab) {
        return Lab.HOSTS.stream().mapToLong(h -> Long.parseLong(lab.in(h,
                "cat /sys/class/net/eth0/statistics/rx_packets").strip())).sum();
    }
}
