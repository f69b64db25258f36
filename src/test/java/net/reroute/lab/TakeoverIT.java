package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Addresses that live on the servers' interfaces, on a real bridge with real kernels. */
class TakeoverIT {

    private static Lab lab;
    private static Flat flat;
    private static int homes;

    private Reroute reroute;

    @BeforeAll
    static void build() {
        lab = new Lab();
        flat = new Flat(lab);
    }

    @AfterAll
    static void takeDown() {
        lab.close();
    }

    @BeforeEach
    void start() {
        Lab.HOSTS.forEach(lab::plugIn);
        flat.atHome();
        reroute = new Reroute(lab, "home" + homes++);
        flat.inventory(reroute, Flat.FAST, ", soak: 1s");
        reroute.daemon();
        awaitAllUp();
    }

    @AfterEach
    void stop() {
        if (reroute.process().isAlive()) {
            reroute.kill();
        }
    }

    private void awaitAllUp() {
        Lab.await("every service is at an UP server", () -> reroute.ask("status").status() == 0,
                () -> reroute.ask("status").text() + reroute.log());
    }

    private void told(String text) {
        Lab.await("the journal tells: " + text,
                () -> reroute.ask("history").text().replaceAll("\\s+", " ").contains(text),
                () -> reroute.ask("history").text() + reroute.log());
    }

    private void onlyAt(String address, String host) {
        Lab.await(address + " is at " + host + " and nowhere else", () -> flat.holders(address).equals(List.of(host)),
                () -> flat.holders(address) + reroute.log());
    }

    @Test
    void aServerThatFallsSilentIsTakenOverAndReturnsAfterSoak() {
        lab.cutOff("host1");
        told("moved mail host1 -> host2: host1 is DOWN (up: no answer in 50ms); host2 is next [lan: read back and probed]");
        told("moved mail6 host1 -> host2");
        assertThat(flat.holders(Flat.V4)).contains("host2");
        lab.plugIn("host1");
        told("moved mail host2 -> host1: back home");
        onlyAt(Flat.V4, "host1");
        onlyAt(Flat.V6, "host1");
        assertThat(lab.in("host1", "ip addr show eth0")).as("as the admin had it").contains(Flat.V4 + "/27")
                .contains(Flat.V6 + "/64");
    }
}
