package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An address that one of three controllers has taken over is looked after by the next one that leads. */
class TakeoverByOthersIT extends OnFlatLan {

    private List<Reroute> all;

    @BeforeAll
    static void plug() {
        lab.plugClient("ctl2", 29);
        lab.plugClient("ctl3", 28);
    }

    @AfterEach
    void end() {
        all.stream().filter(r -> r.process() != null && r.process().isAlive()).forEach(Reroute::kill);
    }

    private String leader() {
        return all.stream().filter(r -> r.process() != null && r.process().isAlive())
                .map(Reroute::leader).filter(l -> l.matches("c\\d")).findFirst().orElse("");
    }

    private void cluster() {
        all = List.of(reroute, new Reroute(lab, "byOthers2", "ctl2"), new Reroute(lab, "byOthers3", "ctl3"));
        all.forEach(r -> {
            flat.inventory(r, Flat.STEADY, ", soak: 1s, failback: manual, refresh: 1s");
            r.write("controllers.yaml", "controllers:\n  c1: {address: 192.168.1.30}\n  c2: {address: 192.168.1.29}\n"
                    + "  c3: {address: 192.168.1.28}\n");
        });
        reroute.cli("cluster", "init");
        reroute.daemon();
        IntStream.of(2, 3).forEach(i -> {
            Lab.await("c1 leads", () -> leader().equals("c1"));
            String token = reroute.ok("cluster", "invite", "c" + i).strip();
            Lab.await("c" + i + " joins",
                    () -> all.get(i - 1).cli("cluster", "join", "192.168.1.30", token).status() == 0);
            all.get(i - 1).daemon();
            Lab.await("c" + i + " votes", () -> reroute.ask("cluster").text().matches("(?s).*c" + i
                    + " +follows +\\S+ +now +nothing.*") && !reroute.ask("cluster").text().contains("does not vote"),
                    () -> reroute.ask("cluster").text());
        });
        awaitAllUp();
    }

    @Test
    void theNextLeaderGoesOnAnnouncingAndMovesNothing() {
        cluster();
        lab.cutOff("host1");
        told("moved mail host1 -> host2");
        reroute.kill();
        Reroute next = all.get(1); // its commands are run by whoever leads
        Lab.await("another one leads, and announces again",
                () -> leader().matches("c[23]")
                        && next.ask("status").text()
                                .matches("(?s).*192\\.168\\.1\\.20 +host2 +([2-9]|\\d\\d+) times.*"),
                () -> next.ask("status").text() + next.log());
        assertThat(flat.holders(Flat.V4)).contains("host2");
        lab.in("neighbour", "ip neigh flush to " + Flat.V4);
        assertThat(lab.attempt("neighbour", "ping -c 1 -W 2 " + Flat.V4).status()).isZero();
        assertThat(flat.believed("neighbour", Flat.V4)).isEqualTo(flat.hardware("host2"));
        assertThat(next.ask("history").text()).doesNotContain("moved mail host2");
        lab.plugIn("host1");
        Lab.await("what host1 still has is taken off it", () -> flat.holders(Flat.V4).equals(List.of("host2")),
                () -> flat.holders(Flat.V4) + next.log());
    }
}
