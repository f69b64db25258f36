package net.reroute.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import net.reroute.journal.ChainedRow;
import net.reroute.journal.JournalRow;
import net.reroute.lab.Lab;
import net.reroute.lab.Reroute;

/** Many servers behind one switch, which dies; and many servers that only run. */
final class WideFigures {

    static final List<String> NAMES = List.of("switch1", "switch2", "switch3", "wide1", "wide3");

    private static final int BEHIND_A_SWITCH = 1000;
    private static final int WIDE = 5000;
    /** More would be flapping. */
    private static final int TIMES = 3;
    private static final int SECONDS = 60;
    private static final int BLOCK = 250;

    /** Servers of which each has an address of its own, and a service; all are at one machine. */
    private record Servers(int count, String check) implements BenchCluster.World {

        private static String last(int i) {
            return i / BLOCK + "." + (i % BLOCK + 1);
        }

        @Override
        public void build(Lab lab, List<String> machines) {
            String mac = lab.in("host1", "cat /sys/class/net/eth0/address").strip();
            String port = lab.in("gw1", "ip -o route get 192.168.1.2").replaceAll("(?s).* dev (\\S+).*", "$1");
            StringBuilder routes = new StringBuilder("addr add 10.8.255.254/16 dev " + port + "\n");
            for (int i = 0; i < count; i++) {
                routes.append("neigh replace 10.8.").append(last(i)).append(" lladdr ").append(mac).append(" dev ")
                        .append(port).append(" nud permanent\n");
                routes.append("route add 10.9.").append(last(i)).append("/32 via 10.8.").append(last(i)).append("\n");
            }
            lab.in("host1", "ip route add local 10.8.0.0/16 dev lo; ip route add local 10.9.0.0/16 dev lo");
            lab.in("host2", "ip route add local 10.9.0.0/16 dev lo");
            machines.forEach(m -> lab.in(m, "ip route add 10.8.0.0/16 via 192.168.1.2"));
            store(lab.folder().resolve("routes"), routes.toString());
            lab.in("gw1", "ip -batch " + lab.folder().resolve("routes"));
        }

        @Override
        public void write(Reroute member) {
            StringBuilder servers = new StringBuilder("servers:\n  spare: {address: 192.168.1.3}\n");
            StringBuilder services = new StringBuilder("services:\n");
            for (int i = 0; i < count; i++) {
                servers.append("  a").append(i).append(": {address: 10.8.").append(last(i)).append("}\n");
                services.append("  s").append(i).append(": {prefix: 10.9.").append(last(i)).append("/32, servers: [a")
                        .append(i).append(", spare], checks: [up], soak: 300ms}\n");
            }
            member.write("lab.yaml", member.routers() + servers + "checks:\n  " + check + "\n" + services);
        }

        @Override
        public boolean isAtHome(Lab lab) {
            return at(lab, "10\\.8\\.") == count;
        }
    }

    private WideFigures() {}

    private static int at(Lab lab, String hop) {
        return Integer.parseInt(lab.in("gw1", "ip route show | grep -c '^10.9.* via " + hop + "' || true").strip());
    }

    static void measure(String name) {
        int members = name.charAt(name.length() - 1) - '0';
        boolean dies = name.startsWith("switch");
        Servers servers = dies
                ? new Servers(BEHIND_A_SWITCH, "up: {icmp: \"{server}\", every: 500ms, timeout: 500ms, fall: 2}")
                : new Servers(WIDE, "up: {icmp: \"{server}\", every: 2s}");
        try (BenchCluster cluster = new BenchCluster(members, servers)) {
            if (dies) {
                switchDies(name, cluster);
            } else {
                runs(name, cluster);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From the first server that is agreed to be DOWN until the last route is moved, and from the cut. */
    private static void switchDies(String name, BenchCluster cluster) {
        List<Double> fromCut = new ArrayList<>();
        List<Double> fromFirst = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            LockSupport.parkNanos(3_000_000_000L); // the probes of the moves before
            long row = rows(cluster);
            long began = System.nanoTime();
            cluster.lab.cutOff("host1");
            Lab.await("all moved", () -> at(cluster.lab, "192.168.1.3") == BEHIND_A_SWITCH,
                    () -> at(cluster.lab, "192.168.1.3") + " moved");
            fromCut.add((System.nanoTime() - began) / 1e6);
            fromFirst.add(fromFirstToLast(cluster, row));
            cluster.lab.plugIn("host1");
            cluster.well();
        }
        Figures.say(name + ": from the first DOWN to the last move", "ms", fromFirst);
        Figures.say(name + ": from the cut to the last route", "ms", fromCut);
    }

    /** By the times in the journal: of the first server that was agreed to be DOWN, and of the last move. */
    private static double fromFirstToLast(BenchCluster cluster, long after) {
        String leader = cluster.someLeader();
        LockSupport.parkNanos(3_000_000_000L); // what is told is written later
        return Duration.between(kinds(cluster, leader, after, "down").getFirst(),
                kinds(cluster, leader, after, "moved").getLast()).toMillis();
    }

    private static List<Instant> kinds(BenchCluster cluster, String member, long after, String kind) {
        return cluster.chain(member).stream().map(ChainedRow::row).filter(r -> r.id() > after && r.kind().equals(kind))
                .map(JournalRow::at).sorted().toList();
    }

    private static void runs(String name, BenchCluster cluster) throws IOException {
        LockSupport.parkNanos(SECONDS * 1_000_000_000L);
        double before = cpu(cluster);
        long rows = rows(cluster);
        LockSupport.parkNanos(SECONDS * 1_000_000_000L);
        Figures.say(name + ": of a core, each member", "%",
                List.of((cpu(cluster) - before) / SECONDS / cluster.members.size()));
        Figures.say(name + ": records while idle", "a minute", List.of((double) rows(cluster) - rows));
        List<Double> memory = new ArrayList<>();
        for (Reroute member : cluster.members.values()) {
            memory.add(PageFigures.resident(member.process().pid()));
        }
        Figures.say(name + ": resident", "MB", memory);
        long began = System.nanoTime();
        cluster.lab.cutOff("host1");
        Lab.await("all moved", () -> at(cluster.lab, "192.168.1.3") == WIDE, () -> at(cluster.lab, "192.168.1.3")
                + " moved");
        Figures.say(name + ": all servers of a switch die", "ms", List.of((System.nanoTime() - began) / 1e6));
        long size = Files.size(cluster.members.get("c1").home().resolve("state").resolve("journal.db"));
        Figures.say(name + ": records of that", "rows", List.of((double) rows(cluster) - rows));
        Figures.say(name + ": journal", "MB", List.of(size / 1e6));
    }

    private static long rows(BenchCluster cluster) {
        return cluster.chain(cluster.someLeader()).getLast().row().id();
    }

    private static double cpu(BenchCluster cluster) throws IOException {
        double all = 0;
        for (Reroute member : cluster.members.values()) {
            all += ClusterFigures.percentSeconds(member.process().pid());
        }
        return all;
    }

    private static void store(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
