package net.reroute.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.reroute.lab.Lab;
import net.reroute.lab.Meter;
import net.reroute.lab.Reroute;
import net.reroute.lab.Shellout;

/** What several controllers cost, and how long clients wait when the one that leads fails together with a server. */
final class ClusterFigures {

    static final List<String> NAMES = List.of("cluster1", "cluster2", "cluster3", "handover2", "handover3");

    static final String FAST = "up: {icmp: \"{server}\", every: 50ms, timeout: 50ms, fall: 3}";

    /** The reference network with fast checks. */
    record Reference() implements BenchCluster.World {

        @Override
        public void write(Reroute member) {
            member.inventory(FAST, "checks: [up], soak: 300ms");
        }
    }

    private static final int TIMES = 10;
    private static final int WARM_SECONDS = 60;
    private static final int IDLE_SECONDS = 30;
    private static final double TICKS = 100;

    private final BenchCluster cluster;
    private final String name;

    private ClusterFigures(BenchCluster cluster, String name) {
        this.cluster = cluster;
        this.name = name;
    }

    static void measure(String name) {
        try (BenchCluster cluster = new BenchCluster(name.charAt(name.length() - 1) - '0',
                new Reference())) {
            ClusterFigures figures = new ClusterFigures(cluster, name);
            if (name.startsWith("handover")) {
                figures.handOver();
            } else {
                figures.all();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void all() throws IOException {
        idle();
        gaps(name + ": silent death", l -> {
        }, l -> {
        });
        if (cluster.members.size() == 1) {
            return;
        }
        gaps(name + ": and the leader killed", l -> member(l).kill(), l -> member(l).daemon());
        gaps(name + ": and the leader stopped", l -> cluster.signal(l, "STOP"), l -> cluster.signal(l, "CONT"));
        gaps(name + ": and the leader cut off", l -> cluster.cut(l, "add"), l -> cluster.cut(l, "del"));
        handOver();
    }

    private Reroute member(String member) {
        return cluster.members.get(member);
    }

    private interface Act {
        void on(String leader);
    }

    private void gaps(String what, Act fault, Act mend) {
        List<Double> gaps = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            String leader = cluster.someLeader();
            Meter meter = new Meter(cluster.lab, "192.168.1.33", 1000, 60_000);
            meter.running(300 + i * 7);
            cluster.lab.cutOff("host1");
            fault.on(leader);
            Lab.await("moved", () -> cluster.lab.nextHop("192.168.1.33").equals("192.168.1.3"));
            gaps.add(meter.stop().gapMillis());
            cluster.lab.plugIn("host1");
            mend.on(leader);
            cluster.well();
        }
        Figures.say(what, "ms", gaps);
    }

    private void handOver() {
        List<Double> took = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            String leader = cluster.someLeader();
            String next = cluster.members.keySet().stream().filter(m -> !m.equals(leader)).findFirst().orElseThrow();
            long began = System.nanoTime();
            Shellout.Done told = member(leader).ask("cluster", "lead", next);
            took.add((System.nanoTime() - began) / 1e6);
            if (told.status() != 0) {
                System.out.println(name + ": " + told.text().strip());
            }
            Lab.await("somebody leads", () -> !cluster.leader().isEmpty());
            cluster.well();
        }
        Figures.say(name + ": hand-over, as a command", "ms", took);
    }

    private void idle() throws IOException {
        cluster.lab.in("ctl", "sleep " + WARM_SECONDS);
        Map<String, Double> before = ticks();
        cluster.lab.in("ctl", "sleep " + IDLE_SECONDS);
        Map<String, Double> after = ticks();
        String leader = cluster.someLeader();
        for (String member : cluster.members.keySet()) {
            String part = name + (member.equals(leader) ? ": leader" : ": follower");
            Figures.say(part + ", idle, of a core", "%", List.of((after.get(member) - before.get(member))
                    / IDLE_SECONDS));
            Figures.say(part + ", resident", "MB", List.of(PageFigures.resident(member(member).process().pid())));
        }
    }

    private Map<String, Double> ticks() throws IOException {
        Map<String, Double> ticks = new LinkedHashMap<>();
        for (Map.Entry<String, Reroute> member : cluster.members.entrySet()) {
            ticks.put(member.getKey(), percentSeconds(member.getValue().process().pid()));
        }
        return ticks;
    }

    /** CPU time of a process, in hundredths of a second: proc(5), utime and stime. */
    static double percentSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Double.parseDouble(words[11]) + Double.parseDouble(words[12])) * 100 / TICKS;
    }
}
