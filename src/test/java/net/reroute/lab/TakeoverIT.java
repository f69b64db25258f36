package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Addresses that live on the servers' interfaces, on a real bridge with real kernels. */
class TakeoverIT extends OnFlatLan {

    @Test
    void aServerThatFallsSilentIsTakenOverAndReturnsAfterSoak() {
        daemon();
        lab.cutOff("host1");
        told("moved mail host1 -> host2: host1 is DOWN (up: no answer in 50ms); host2 is next [lan: read back and probed]");
        told("moved mail6 host1 -> host2");
        assertThat(flat.holders(Flat.V4)).contains("host2");
        lab.plugIn("host1");
        told("moved mail host2 -> host1: back home");
        told("moved mail6 host2 -> host1: back home");
        onlyAt(Flat.V4, "host1");
        onlyAt(Flat.V6, "host1");
        assertThat(lab.in("host1", "ip addr show eth0")).as("as the admin had it").contains(Flat.V4 + "/27")
                .contains(Flat.V6 + "/64");
    }

    @Test
    void aLameMasterIsFencedAndItsAddressIsRestoredAsItWas() {
        lab.in("host1", "ip addr del " + Flat.V4 + "/27 dev eth0; ip addr add " + Flat.V4
                + "/26 brd 192.168.1.63 dev eth0 label eth0:mail");
        String before = lab.in("host1", "ip -4 -o addr show dev eth0 to " + Flat.V4);
        daemon(WEB, "");
        lab.crash("host1");
        told("moved mail host1 -> host2: host1 is DOWN (up: connection refused)");
        onlyAt(Flat.V4, "host2");
        onlyAt(Flat.V6, "host2");
        assertThat(lab.in("host2", "ip addr show eth0")).contains(Flat.V4 + "/32 scope global eth0:rr");
        lab.serve("host1");
        told("moved mail host2 -> host1: back home");
        onlyAt(Flat.V4, "host1");
        assertThat(lab.in("host1", "ip -4 -o addr show dev eth0 to " + Flat.V4)).isEqualTo(before);
        lab.in("host1", "ip addr del " + Flat.V4 + "/26 dev eth0");
    }

    @Test
    void whoHealsFromAPartitionWithTheAddressLosesItAndEverybodyIsTold() {
        daemon(Flat.FAST, ", failback: manual");
        lab.aside("host1", "neighbour");
        try {
            told("moved mail host1 -> host2");
            lab.in("neighbour", "ip neigh flush to " + Flat.V4);
            Lab.await("the other side has its own",
                    () -> lab.attempt("neighbour", "ping -c 1 -W 1 " + Flat.V4).status() == 0);
            assertThat(flat.believed("neighbour", Flat.V4)).isEqualTo(flat.hardware("host1"));
        } finally {
            lab.together("host1", "neighbour");
        }
        onlyAt(Flat.V4, "host2");
        onlyAt(Flat.V6, "host2");
        Lab.await("the client on the other side knows",
                () -> flat.believed("neighbour", Flat.V4).equals(flat.hardware("host2")));
        // Found out by looking, or by the fencing that came late: the partition may heal between the two.
        Lab.await("somebody is told", () -> Stream.of("two-holders 192.168.1.20 is also at host1; it stays at host2",
                "fenced typed host1: ip addr del 192.168.1.20/27 dev eth0, since it is at host2")
                .anyMatch(history()::contains), () -> history());
    }

    @Test
    void byHandAndBackAndTheExactLinesAreToldBefore() {
        daemon();
        assertThat(reroute.ask("mail", "to", "host3", "--dry-run").text().replaceAll("\\s+", " "))
                .contains("host3: ip addr add 192.168.1.20/32 dev eth0 label eth0:rr")
                .contains("host1: ip addr del 192.168.1.20/LENGTH dev eth0");
        onlyAt(Flat.V4, "host1");
        done(reroute.patiently("mail", "to", "host3"));
        onlyAt(Flat.V4, "host3");
        Lab.await("the client knows", () -> {
            lab.attempt("neighbour", "ping -c 1 -W 1 " + Flat.V4);
            return flat.believed("neighbour", Flat.V4).equals(flat.hardware("host3"));
        });
        assertThat(reroute.ask("status").text()).containsPattern("192.168.1.20 +host3 ");
        done(reroute.ask("release", "mail"));
        onlyAt(Flat.V4, "host1");
    }

    @Test
    void withoutADaemonACommandMovesItToo() {
        flat.inventory(reroute, Flat.FAST, "");
        done(reroute.cli("mail", "to", "host2", "--force"));
        onlyAt(Flat.V4, "host2");
        done(reroute.cli("mail", "to", "host1", "--force"));
        onlyAt(Flat.V4, "host1");
    }

    @Test
    void aControllerThatIsKilledInTheMiddleGoesOnAfterwards() {
        daemon(Flat.STEADY, ", failback: manual, refresh: 1s");
        lab.cutOff("host1");
        told("moved mail host1 -> host2");
        reroute.kill();
        reroute.daemon();
        Lab.await("it announces again",
                () -> reroute.ask("status").text().matches("(?s).*192\\.168\\.1\\.20 +host2 +([2-9]|\\d\\d+) times.*"),
                () -> reroute.ask("status").text() + reroute.log());
        assertThat(flat.holders(Flat.V4)).contains("host2");
        assertThat(history()).doesNotContain("moved mail host2");
    }

    @Test
    void whatAnAdminMovedByHandIsFoundAndKept() {
        daemon();
        // In one go: between the two a look each second would find two holders, and bring it back where it was decided.
        Lab.await("it is found there", () -> {
            if (flat.holders(Flat.V4).equals(List.of("host1"))) {
                Shellout.run("ip", "netns", "exec", lab.space("host3"), "sh", "-ec", "ip addr add " + Flat.V4
                        + "/32 dev eth0; ip -n " + lab.space("host1") + " addr del " + Flat.V4 + "/27 dev eth0"
                        + " || ip -n " + lab.space("host1") + " addr del " + Flat.V4 + "/32 dev eth0");
            }
            return history().contains("found mail: at host3 on lan; kept until released");
        });
        onlyAt(Flat.V4, "host3");
        done(reroute.ask("release", "mail"));
        onlyAt(Flat.V4, "host1");
    }

    @Test
    void observingTellsTheLinesAndTypesNothing() {
        flat.inventory(reroute, Flat.FAST, "");
        reroute.write("settings.yaml", "settings: {mode: observe}\n");
        reroute.daemon();
        awaitAllUp();
        lab.cutOff("host1");
        told("would type: host2: ip addr add 192.168.1.20/32 dev eth0 label eth0:rr");
        assertThat(flat.holders(Flat.V4)).containsExactly("host1");
    }

    @Test
    void observingSendsNothingAndTakesNothingOffAlsoWhereTwoHaveIt() {
        lab.in("host2", "ip addr add " + Flat.V4 + "/32 dev eth0");
        lab.in("host1", "ip addr del " + Flat.V4 + "/27 dev eth0");
        flat.inventory(reroute, Flat.FAST, ", refresh: 1s");
        reroute.write("settings.yaml", "settings: {mode: observe}\n");
        reroute.daemon();
        awaitAllUp();
        told("found mail: at host2 on lan");
        lab.in("host1", "ip addr add " + Flat.V4 + "/27 dev eth0");
        told("two-holders 192.168.1.20 is also at host1");
        assertThat(flat.holders(Flat.V4)).containsExactly("host1", "host2");
        assertThat(reroute.ask("status").text()).containsPattern("192.168.1.20 +host2 +0 times");
    }

    @Test
    void anAddressThatStandsThereTwiceIsTakenOffWholly() {
        daemon();
        lab.in("host1", "ip addr add " + Flat.V4 + "/32 dev eth0");
        done(reroute.patiently("mail", "to", "host2"));
        onlyAt(Flat.V4, "host2");
    }

    @Test
    void aControllerThatAnnouncesLearnsItselfWhereTheAddressIs() {
        // Else Linux takes no answer within a second of the last one, and the two moves may come as fast as that.
        lab.in("ctl", "sysctl -qw net.ipv4.neigh.eth0.locktime=0");
        daemon(Flat.FAST, ", announce: controller");
        lab.attempt("ctl", "ip neigh flush to " + Flat.V4 + "; ping -c 1 -W 1 " + Flat.V4);
        Lab.await("it knows the address", () -> flat.believed("ctl", Flat.V4).equals(flat.hardware("host1")));
        done(reroute.patiently("mail", "to", "host2"));
        assertThat(flat.believed("ctl", Flat.V4)).isEqualTo(flat.hardware("host2"));
        done(reroute.patiently("mail", "to", "host1"));
    }
}
