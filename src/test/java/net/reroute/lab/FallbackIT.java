package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A router that forwards and takes no commands, and a server that dies meanwhile. */
class FallbackIT extends OnFlatLan {

    private static final String HOP1 = "192.168.1.12";

    @BeforeEach
    void routerWithoutCommands() {
        flat.withNextHops();
        flat.fallbackInventory(reroute, Flat.FAST, ", soak: 1s");
        reroute.daemon();
        awaitAllUp();
        lab.sshd().kill("gw1");
        Lab.await("the router is known to be lost", () -> reroute.ask("status").text().contains("unreachable"));
    }

    private boolean answers() {
        return lab.attempt("client", "ping -c 1 -W 1 192.168.1.33").status() == 0;
    }

    @Test
    void aDeadServersNextHopIsTakenOverAndReleasedWhenTheRouterIsBack() {
        lab.cutOff("host1");
        told("moved www-1 host1 -> host2: host1 is DOWN (up: no answer in 50ms); host2 is next [gw1: does not answer; next"
                + " hop 192.168.1.12 of host1 taken over by host2 and probed]");
        Lab.await("the client is served", this::answers);
        assertThat(reroute.ask("status").text()).containsPattern("192.168.1.12 +host2 ");
        lab.sshd().start("gw1", "192.168.1.1");
        told("released host1: next hop 192.168.1.12 is off host2");
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.13");
        assertThat(flat.holders(HOP1)).as("it was not taken off the dead one").containsExactly("host1");
        lab.plugIn("host1");
        told("moved www-1 host2 -> host1: back home");
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo(HOP1);
        assertThat(answers()).isTrue();
    }

    @Test
    void aServerThatIsBackBeforeTheRouterGetsItsNextHopBackAfterSoak() {
        lab.cutOff("host1");
        told("moved www-1 host1 -> host2");
        lab.plugIn("host1");
        told("moved www-1 host2 -> host1: back home");
        onlyAt(HOP1, "host1");
        assertThat(history()).contains("next hop 192.168.1.12 given back to host1, where it points");
        assertThat(lab.in("host1", "ip addr show eth0")).as("as the admin had it").contains("192.168.1.12/27");
        Lab.await("the client is served", this::answers);
    }

    @Test
    void aServerThatIsBackAndTakesNoLoginIsPointedBackToByTheBackup() {
        lab.cutOff("host1");
        told("moved www-1 host1 -> host2");
        lab.sshd().kill("host1");
        lab.plugIn("host1");
        told("moved www-1 host2 -> host1: back home");
        onlyAt(HOP1, "host1");
        Lab.await("the client is served", this::answers);
        Lab.await("the router knows", () -> flat.believed("gw1", HOP1).equals(flat.hardware("host1")),
                () -> flat.believed("gw1", HOP1));
    }

    @Test
    void aBackupThatDiesTooIsFollowedByTheNext() {
        lab.cutOff("host1");
        told("moved www-1 host1 -> host2");
        lab.cutOff("host2");
        told("moved www-1 host2 -> host3");
        Lab.await("it is at the next", () -> flat.holders(HOP1).contains("host3"), reroute::log);
        Lab.await("the client is served", this::answers);
    }

    @Test
    void aControllerThatIsKilledInTheMiddleFinishesItAfterwards() {
        lab.cutOff("host1");
        told("moved www-1 host1 -> host2");
        reroute.kill();
        reroute.daemonWithoutRouter();
        Lab.await("it announces again",
                () -> reroute.ask("status").text().matches("(?s).*192\\.168\\.1\\.12 +host2 .*"),
                () -> reroute.ask("status").text() + reroute.log());
        lab.sshd().start("gw1", "192.168.1.1");
        told("released host1: next hop 192.168.1.12 is off host2");
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.13");
    }

    @Test
    void aMoveByHandOffAServerThatWorksWaitsForTheRouter() {
        Shellout.Done asked = reroute.ask("www-1", "to", "host3");
        assertThat(asked.status()).as(asked.text()).isEqualTo(3);
        assertThat(flat.holders(HOP1)).isEqualTo(List.of("host1"));
    }

    @Test
    void observingTellsTheLinesAndTypesNothing() {
        reroute.kill();
        lab.sshd().start("gw1", "192.168.1.1");
        reroute.write("settings.yaml", "settings: {mode: observe}\n");
        reroute.daemon();
        awaitAllUp();
        lab.sshd().kill("gw1");
        lab.cutOff("host1");
        told("would type: host2: ip addr add 192.168.1.12/32 dev eth0 label eth0:rr");
        assertThat(flat.holders(HOP1)).containsExactly("host1");
    }

    @Test
    void pausedItTellsWhatItWouldTypeAndTypesNothing() {
        done(reroute.ask("pause", "--because", "the network people work on it"));
        lab.cutOff("host1");
        told("would move www-1 host1 -> host2");
        assertThat(flat.holders(HOP1)).containsExactly("host1");
        done(reroute.ask("resume"));
        told("moved www-1 host1 -> host2");
        assertThat(flat.holders(HOP1)).contains("host2");
    }
}
