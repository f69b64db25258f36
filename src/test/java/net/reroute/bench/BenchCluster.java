package net.reroute.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.reroute.journal.ChainedRow;
import net.reroute.lab.Lab;
import net.reroute.lab.Reroute;
import net.reroute.lab.Shellout;

/** Controllers beside the reference network, or one alone. */
final class BenchCluster implements AutoCloseable {

    private static final List<String> MACHINES = List.of("ctl", "ctl2", "ctl3");

    final Lab lab = new Lab();
    final Map<String, Reroute> members = new LinkedHashMap<>();

    /** What the controllers are for. */
    interface World {

        /** The inventory of a member. */
        void write(Reroute member);

        /** What it needs of the machines, which are there already. */
        default void build(Lab lab, List<String> machines) {
            // the reference network
        }

        default boolean isAtHome(Lab lab) {
            return lab.nextHop("192.168.1.33").equals("192.168.1.2");
        }
    }

    private final World world;

    BenchCluster(int count, World world) {
        this.world = world;
        lab.sshd().start("gw1", "192.168.1.1");
        lab.serve();
        lab.routesAtHome();
        StringBuilder controllers = new StringBuilder("controllers:\n");
        for (int i = 0; i < count; i++) {
            String machine = MACHINES.get(i);
            if (i > 0) {
                lab.plugClient(machine, 30 - i);
            }
            members.put("c" + (i + 1), new Reroute(lab, "home-" + machine, machine));
            controllers.append("  c").append(i + 1).append(": {address: 192.168.1.").append(30 - i).append("}\n");
        }
        world.build(lab, MACHINES.subList(0, count));
        members.values().forEach(r -> {
            this.world.write(r);
            if (count > 1) {
                r.write("controllers.yaml", controllers.toString());
            }
        });
        begin(count);
    }

    private void begin(int count) {
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

    Stream<Reroute> running() {
        return members.values().stream().filter(r -> r.process() != null && r.process().isAlive());
    }

    /** Empty while nobody leads. */
    String leader() {
        return members.size() == 1
                ? "c1"
                : running().map(Reroute::leader).filter(members::containsKey).findFirst().orElse("");
    }

    String someLeader() {
        Lab.await("somebody leads", () -> !leader().isEmpty());
        return leader();
    }

    /** Waits until all services are at home, and all members have all records. */
    void well() {
        Lab.await("all is well", this::isWell, () -> running().map(r -> r.ask("cluster").text()
                + r.ask("status").text()).toList().toString());
    }

    private boolean isWell() {
        return world.isAtHome(lab) && isServed();
    }

    boolean isServed() {
        return running().allMatch(r -> r.ask("status").status() == 0) && (members.size() == 1 || areTogether());
    }

    private boolean areTogether() {
        String told = members.get(someLeader()).ask("cluster").text();
        return told.split("now +nothing", -1).length == running().count() && !told.contains("does not vote");
    }

    String machine(String member) {
        return MACHINES.get(member.charAt(1) - '1');
    }

    void signal(String member, String signal) {
        Shellout.run("kill", "-" + signal, Long.toString(members.get(member).process().pid()));
    }

    /** From the other members, and not from the router. */
    void cut(String member, String what) {
        for (String other : members.keySet()) {
            if (!other.equals(member)) {
                lab.in(machine(member), "ip route " + what + " blackhole 192.168.1." + ('1' - other.charAt(1) + 30));
            }
        }
    }

    /** All rows of a member's journal, with their hashes. */
    List<ChainedRow> chain(String member) {
        return members.get(member).chain();
    }

    boolean isSameEverywhere() {
        return members.keySet().stream().map(this::chain).distinct().count() == 1;
    }

    @Override
    public void close() {
        running().toList().forEach(Reroute::kill);
        lab.close();
    }
}
