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

    static final List<String> NAMES = List.of("cluster1", "cluster2", "cluster3");

    private static final String FAST = "up: {icmp: \"{server}\", every: 50ms, timeout: 50ms, fall: 3}";
    private static final int TIMES = 10;
    private static final int WARM_SECONDS = 60;
    private static final int IDLE_SECONDS = 30;
    private static final double TICKS = 100;
    private static final List<String> MACHINES = List.of("ctl", "ctl2", "ctl3");

    private final Lab lab;
    private final Map<String, Reroute> members = new LinkedHashMap<>();

    private ClusterFigures(Lab lab) {
        this.lab = lab;
    }

    static void measure(String name) {
        try (Lab lab = new Lab()) {
            lab.sshd().start("gw1", "192.168.1.1");
            lab.serve();
            lab.routesAtHome();
            ClusterFigures figures = new ClusterFigures(lab);
            figures.begin(name.charAt(name.length() - 1) - '0');
            figures.all(name);
            figures.members.values().forEach(Reroute::kill);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void begin(int count) {
        StringBuilder controllers = new StringBuilder("controllers:\n");
        for (int i = 0; i < count; i++) {
            String machine = MACHINES.get(i);
            if (i > 0) {
                lab.plugClient(machine, 30 - i);
            }
            members.put("c" + (i + 1), new Reroute(lab, "home-" + machine, machine));
            controllers.append("  c").append(i + 1).append(": {address: 192.168.1.").append(30 - i).append("}\n");
        }
        members.values().forEach(r -> {
            r.inventory(FAST, "checks: [up], soak: 300ms");
            if (count > 1) {
                r.write("controllers.yaml", controllers.toString());
            }
        });
        Reroute first = members.get("c1");
        if (count > 1) {
            first.cli("cluster", "init");
        }
        first.daemon();
        members.forEach((name, r) -> {
            if (r != first) {
                Lab.await("c1 leads", () -> leader().equals("c1"));
                r.cli("cluster", "join", "192.168.1.30", first.ok("cluster", "invite", name).strip());
                r.daemon();
            }
        });
        well();
    }

    /** Empty while nobody leads. */
    private String leader() {
        return members.size() == 1
                ? "c1"
                : members.values().stream().filter(r -> r.process() != null && r.process().isAlive())
                        .map(r -> r.ask("cluster", "--json").text().replaceAll(
                                "(?s).*\"leader\"\\s*:\\s*(\"(\\w+)\"|null).*", "$2"))
                        .filter(members::containsKey).findFirst().orElse("");
    }

    private String someLeader() {
        Lab.await("somebody leads", () -> !leader().isEmpty());
        return leader();
    }

    private void well() {
        Lab.await("all is well", () -> lab.nextHop("192.168.1.33").equals("192.168.1.2")
                && members.values().stream().allMatch(r -> r.ask("status").status() == 0)
                && (members.size() == 1 || members.get(someLeader()).ask("cluster").text().split("now +nothing",
                        -1).length == members.size()));
    }

    private void all(String name) throws IOException {
        idle(name);
        gaps(name + ": silent death", l -> {
        }, l -> {
        });
        if (members.size() == 1) {
            return;
        }
        gaps(name + ": and the leader killed", l -> members.get(l).kill(), l -> members.get(l).daemon());
        gaps(name + ": and the leader stopped", l -> signal(l, "STOP"), l -> signal(l, "CONT"));
        gaps(name + ": and the leader cut off", l -> cut(l, "add"), l -> cut(l, "del"));
        handOver(name);
    }

    private interface Act {
        void on(String leader);
    }

    private void gaps(String what, Act fault, Act mend) {
        List<Double> gaps = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            String leader = someLeader();
            Meter meter = new Meter(lab, "192.168.1.33", 1000, 60_000);
            meter.running(300 + i * 7);
            lab.cutOff("host1");
            fault.on(leader);
            Lab.await("moved", () -> lab.nextHop("192.168.1.33").equals("192.168.1.3"));
            gaps.add(meter.stop().gapMillis());
            lab.plugIn("host1");
            mend.on(leader);
            well();
        }
        Figures.say(what, "ms", gaps);
    }

    private String machine(String member) {
        return MACHINES.get(member.charAt(1) - '1');
    }

    private void signal(String member, String signal) {
        Shellout.run("kill", "-" + signal, Long.toString(members.get(member).process().pid()));
    }

    /** From the other members, and not from the router. */
    private void cut(String member, String what) {
        for (String other : members.keySet()) {
            if (!other.equals(member)) {
                lab.in(machine(member), "ip route " + what + " blackhole 192.168.1." + ('1' - other.charAt(1) + 30));
            }
        }
    }

    private void handOver(String name) {
        List<Double> took = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            String leader = someLeader();
            String next = members.keySet().stream().filter(m -> !m.equals(leader)).findFirst().orElseThrow();
            long began = System.nanoTime();
            members.get(leader).ask("cluster", "lead", next);
            took.add((System.nanoTime() - began) / 1e6);
            Lab.await(next + " leads", () -> leader().equals(next));
            well();
        }
        Figures.say(name + ": hand-over, as a command", "ms", took);
    }

    private void idle(String name) throws IOException {
        lab.in("ctl", "sleep " + WARM_SECONDS);
        Map<String, Double> before = ticks();
        lab.in("ctl", "sleep " + IDLE_SECONDS);
        Map<String, Double> after = ticks();
        String leader = leader();
        for (String member : members.keySet()) {
            String part = name + (member.equals(leader) ? ": leader" : ": follower");
            Figures.say(part + ", idle, of a core", "%", List.of((after.get(member) - before.get(member))
                    / IDLE_SECONDS));
            Figures.say(part + ", resident", "MB", List.of(PageFigures.resident(members.get(member).process().pid())));
        }
    }

    /** CPU time in hundredths of a second (USER_HZ), by member: proc(5), utime and stime. */
    private Map<String, Double> ticks() throws IOException {
        Map<String, Double> ticks = new LinkedHashMap<>();
        for (Map.Entry<String, Reroute> member : members.entrySet()) {
            String stat = Files.readString(Path.of("/proc/" + member.getValue().process().pid() + "/stat"));
            String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            ticks.put(member.getKey(), (Double.parseDouble(words[11]) + Double.parseDouble(words[12])) * 100 / TICKS);
        }
        return ticks;
    }
}
