package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.reroute.journal.ChainedRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Several controllers beside the reference network, which join one after the other. */
abstract class OnSeveralControllers extends OnReferenceNetwork {

    private static final Pattern NOT_TAKEN = Pattern
            .compile("no controller leads just now|does not answer: |leads on; nothing was handed over");

    private static final String CHECKS = "web: {http: \"http://{server}/\", every: 300ms}";

    static final Map<String, Integer> TWO_MORE = new TreeMap<>(Map.of("ctl2", 29, "ctl3", 28));

    Reroute c1;
    Reroute c2;
    final List<Reroute> all = new ArrayList<>();

    /** Machines beside ctl, with the last part of their addresses. */
    abstract Map<String, Integer> machines();

    /** Those of the machines that only vote. */
    List<String> witnesses() {
        return List.of();
    }

    @BeforeEach
    void plug() {
        machines().forEach((machine, number) -> {
            if (!lab.attempt(machine, ":").text().isEmpty() || lab.attempt(machine, ":").status() != 0) {
                lab.plugClient(machine, number);
            }
        });
    }

    @BeforeEach
    void homes() {
        c1 = reroute;
        all.add(c1);
        machines().keySet().forEach(machine -> all
                .add(new Reroute(lab, reroute.home().getFileName() + "-" + machine, machine)));
        c2 = all.get(1);
        all.forEach(one -> one.inventory(CHECKS, "checks: [web], soak: 1s"));
        controllers(all.size());
    }

    /** Writes the first of the controllers into all inventories. */
    void controllers(int count) {
        StringBuilder controllers = new StringBuilder("controllers:\n  c1: {address: 192.168.1.30}\n");
        List<Map.Entry<String, Integer>> others = List.copyOf(machines().entrySet());
        for (int i = 2; i <= count; i++) {
            Map.Entry<String, Integer> other = others.get(i - 2);
            controllers.append("  c").append(i).append(": {address: 192.168.1.").append(other.getValue())
                    .append(witnesses().contains(other.getKey()) ? ", witness: true}\n" : "}\n");
        }
        all.forEach(one -> one.write("controllers.yaml", controllers.toString()));
    }

    @AfterEach
    void end() {
        all.stream().filter(r -> r.process() != null && r.process().isAlive()).forEach(Reroute::kill);
        Shellout.attempt(List.of("sh", "-c", "rm -rf /run/reroute"));
    }

    static String leader(Reroute at) {
        return at.leader();
    }

    String told() {
        return all.stream().filter(r -> r.process() != null && r.process().isAlive())
                .map(r -> r.ask("cluster").text()).toList() + c1.log() + "\n\n" + c2.log();
    }

    void cluster() {
        cluster(all.size());
    }

    /** Sets up the first of the controllers. */
    void cluster(int count) {
        assertThat(c1.cli("cluster", "init").text()).contains("c1 is the first controller of the cluster");
        c1.daemon();
        Lab.await("c1 leads", () -> leader(c1).equals("c1"), this::told);
        for (int i = 2; i <= count; i++) {
            join("c" + i, all.get(i - 1));
        }
        awaitAllUp();
    }

    /**
     * Asks again only while the answer is that nobody could take it: on a busy machine an election may come in between.
     */
    void insist(Reroute at, String answer, String... words) {
        String[] last = {""};
        Lab.await(String.join(" ", words), () -> {
            last[0] = at.cli(words).text();
            return !NOT_TAKEN.matcher(last[0]).find();
        }, () -> last[0] + told());
        assertThat(last[0]).as(this::told).contains(answer);
    }

    /** Asks until it is done: on a busy machine an election may come in between, or a server be in doubt. */
    void done(Reroute at, String... words) {
        Shellout.Done[] last = new Shellout.Done[1];
        Lab.await(String.join(" ", words), () -> {
            last[0] = at.ask(words);
            return last[0].status() == 0;
        }, () -> last[0].text() + told());
    }

    void join(String name, Reroute at) {
        String token = c1.ok("cluster", "invite", name).strip();
        insist(at, "this controller is " + name, "cluster", "join", "192.168.1.30", token);
        at.daemon();
        Lab.await(name + " follows c1, has all records, and votes", () -> leader(at).equals("c1")
                && c1.ask("cluster").text()
                        .matches("(?s).*" + name + "\\s+(follows|witness)\\s+\\S+\\s+now\\s+nothing.*")
                && !c1.ask("cluster").text().contains("does not vote"), this::told);
    }

    /** All but the first. */
    List<String> others() {
        return IntStream.rangeClosed(2, all.size()).mapToObj(i -> "c" + i).toList();
    }

    static List<ChainedRow> chain(Reroute of) {
        return of.chain();
    }

    void carriedBy(String address, int host) {
        Lab.await(address + " is carried by host" + (host - 1), () -> lab.nextHop(address).equals("192.168.1." + host),
                this::told);
    }
}
