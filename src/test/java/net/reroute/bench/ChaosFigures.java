package net.reroute.bench;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import net.reroute.lab.Lab;
import net.reroute.lab.Shellout;

/** Controllers that die at any moment: what was acknowledged is kept, what was begun ends once, and all agree. */
final class ChaosFigures {

    static final List<String> NAMES = List.of("killpoints2", "killpoints3", "chaos2", "chaos3");

    private static final int POINTS = 12;
    private static final long BETWEEN_POINTS = 9_000_000;
    private static final long CHAOS = 600_000_000_000L;
    private static final long SEED = 20261130;

    private final BenchCluster cluster;
    private final String name;
    private final List<String> acknowledged = new ArrayList<>();
    private int wrong;

    private ChaosFigures(BenchCluster cluster, String name) {
        this.cluster = cluster;
        this.name = name;
    }

    static void measure(String name) {
        try (BenchCluster cluster = new BenchCluster(name.charAt(name.length() - 1) - '0',
                new ClusterFigures.Reference())) {
            ChaosFigures figures = new ChaosFigures(cluster, name);
            if (name.startsWith("chaos")) {
                figures.chaos();
            } else {
                figures.killPoints();
            }
            System.out
                    .println(name + ": " + figures.acknowledged.size() + " acknowledged, " + figures.wrong + " wrong");
        }
    }

    private void complain(String what) {
        wrong++;
        System.out.println(name + ": WRONG: " + what);
    }

    // ---- points of a move --------------------------------------------------------------------------------------------

    private void killPoints() {
        for (int i = 0; i < POINTS; i++) {
            String leader = cluster.someLeader();
            String reason = name + "-" + i + ".";
            String to = i % 2 == 0 ? "host3" : "host4";
            String before = cluster.lab.nextHop("192.168.1.33");
            CompletableFuture<Optional<Shellout.Done>> answer = ask(leader, "www-1", "to", to, "--because", reason);
            LockSupport.parkNanos(i * BETWEEN_POINTS);
            cluster.members.get(leader).kill();
            boolean acked = answer.join().filter(d -> d.status() == 0).isPresent();
            Lab.await("another one leads", () -> !cluster.leader().isEmpty() && !cluster.leader().equals(leader));
            cluster.members.get(leader).daemon();
            Lab.await("all is served", cluster::isServed);
            Lab.await("the journals are the same", cluster::isSameEverywhere);
            settled(reason, to.equals("host3") ? "192.168.1.4" : "192.168.1.5", before, acked);
            if (acked) {
                acknowledged.add(reason);
            }
        }
    }

    /** The move was made once, or not at all if nobody was told that it would be. */
    private void settled(String reason, String wanted, String before, boolean acked) {
        String history = cluster.members.get(cluster.someLeader()).ask("history", "--json").text();
        boolean recorded = history.contains(reason);
        long moves = cluster.chain("c1").stream().filter(r -> r.row().kind().equals("moved"))
                .filter(r -> r.row().toString().contains(reason)).count();
        String now = cluster.lab.nextHop("192.168.1.33");
        if (acked && !recorded) {
            complain(reason + " was acknowledged and is not in the history");
        }
        if (!now.equals(recorded ? wanted : before)) {
            complain(reason + (recorded ? " is recorded" : " is not recorded") + ", and the next hop is " + now);
        }
        if (moves > 1) {
            complain(reason + " was made " + moves + " times");
        }
        System.out.println(reason + ": acknowledged " + acked + ", recorded " + recorded + ", moves told " + moves);
    }

    private CompletableFuture<Optional<Shellout.Done>> ask(String member, String... args) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return Optional.of(cluster.members.get(member).ask(args));
            } catch (UncheckedIOException e) {
                return Optional.empty(); // the daemon ended in the middle of the answer
            }
        });
    }

    // ---- ten minutes -------------------------------------------------------------------------------------------------

    private interface Fault {
        void on(String member);
    }

    private void chaos() {
        Map<String, Fault> faults = new LinkedHashMap<>();
        faults.put("killed", m -> {
            cluster.members.get(m).kill();
            cluster.members.get(m).daemon();
        });
        faults.put("stopped", m -> {
            cluster.signal(m, "STOP");
            cluster.lab.in("ctl", "sleep 2");
            cluster.signal(m, "CONT");
        });
        faults.put("cut off", m -> {
            cluster.cut(m, "add");
            cluster.lab.in("ctl", "sleep 2");
            cluster.cut(m, "del");
        });
        Random random = new Random(SEED);
        Map<String, Integer> count = new LinkedHashMap<>();
        long end = System.nanoTime() + CHAOS;
        for (int i = 0; System.nanoTime() - end < 0; i++) {
            String victim = random.nextBoolean()
                    ? cluster.someLeader()
                    : "c" + (1 + random.nextInt(cluster.members.size()));
            String fault = List.copyOf(faults.keySet()).get(random.nextInt(faults.size()));
            boolean dies = random.nextBoolean();
            round(name + "-" + i + ".", random, () -> faults.get(fault).on(victim), dies);
            count.merge(fault, 1, Integer::sum);
        }
        System.out.println(name + ": rounds " + count);
    }

    private void round(String reason, Random random, Runnable fault, boolean dies) {
        String asked = "c" + (1 + random.nextInt(cluster.members.size()));
        CompletableFuture<Optional<Shellout.Done>> answer = ask(asked, "www-2", "to", random.nextBoolean()
                ? "host3"
                : "host4", "--because", reason);
        if (dies) {
            cluster.lab.cutOff("host1");
        }
        fault.run();
        if (answer.join().filter(d -> d.status() == 0).isPresent()) {
            acknowledged.add(reason);
        }
        if (dies) {
            Lab.await("moved", () -> !cluster.lab.nextHop("192.168.1.33").equals("192.168.1.2"));
            cluster.lab.plugIn("host1");
        }
        cluster.well();
        Lab.await("the journals are the same", cluster::isSameEverywhere);
        String all = cluster.chain("c1").toString();
        acknowledged.stream().filter(a -> !all.contains(a)).forEach(a -> complain(a + " is lost"));
    }
}
