package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real command line: FRR's vtysh behind a real sshd, with the kernel's routes below it. */
class FrrIT {

    private static final String CHECKS = "web: {http: \"http://{server}/\", status: 200, every: 1s, fast: 200ms, timeout: 1s,"
            + " fall: 2}";
    private static final String HOME_ROUTES = "ip route 192.168.1.32/27 192.168.1.2\nip route 192.168.1.64/27 192.168.1.3\n"
            + "ip route 192.168.1.96/27 192.168.1.4 10\nip route 192.168.1.128/27 192.168.1.5 tag 7";

    private static final int REFUSED = 1;

    private static Lab lab;
    private static LabFrr frr;
    private Reroute reroute;

    @BeforeAll
    static void build() {
        lab = new Lab();
        frr = new LabFrr(lab);
        frr.start(HOME_ROUTES);
        lab.sshd().startWithCommand("gw1", frr.shell(), "192.168.1.1");
        lab.serve();
    }

    @AfterAll
    static void takeDown() {
        lab.close();
    }

    @BeforeEach
    void home() {
        reroute = new Reroute(lab, "home" + System.nanoTime());
        reroute.inventory(CHECKS, "checks: [web], soak: 1s");
        reroute.write("lab.yaml", reroute.read("lab.yaml").replace("dialect: linux", "dialect: frr"));
    }

    @Test
    void movesAPrefixByHand() {
        Shellout.Done done = reroute.cli("www-1", "to", "host3");
        assertThat(done.status()).as(done.text()).isZero();
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.4");
        assertThat(frr.vtysh("show running-config")).contains("ip route 192.168.1.32/27 192.168.1.4\n");
    }

    @Test
    void aPrefixWithASecondLineInAnotherTableIsShownAndLeftAsItIs() {
        String other = "ip route 192.168.1.64/27 192.168.1.3 table 100";
        frr.vtysh("configure terminal", other);
        try {
            Shellout.Done done = reroute.cli("www-2", "to", "host4");
            assertThat(done.status()).as(done.text()).isEqualTo(REFUSED);
            assertThat(done.text()).contains(other);
            assertThat(lines("192.168.1.64/27")).containsExactlyInAnyOrder("ip route 192.168.1.64/27 192.168.1.3",
                    other);
            assertThat(lab.nextHop("192.168.1.65")).isEqualTo("192.168.1.3");
            reroute.daemon();
            Lab.await("status shows the line",
                    () -> reroute.ask("status").text().replaceAll("\\s+", " ").contains(other),
                    () -> reroute.ask("status").text());
        } finally {
            reroute.kill();
            frr.vtysh("configure terminal", "no " + other);
        }
    }

    @Test
    void twoLinesOfOneNextHopGoTogetherAndComeBackAsTheyWere() {
        String plain = "ip route 192.168.1.64/27 192.168.1.3";
        String over = plain + " " + lab.in("gw1", "ip route get 192.168.1.3").split(" dev ")[1].split(" ")[0];
        frr.vtysh("configure terminal", over);
        try {
            Shellout.Done done = reroute.cli("www-2", "to", "host4");
            assertThat(done.status()).as(done.text()).isZero();
            assertThat(lab.nextHop("192.168.1.65")).isEqualTo("192.168.1.5");
            assertThat(lines("192.168.1.64/27")).containsExactly("ip route 192.168.1.64/27 192.168.1.5");
            done = reroute.cli("www-2", "to", "host2");
            assertThat(done.status()).as(done.text()).isZero();
            assertThat(lab.nextHop("192.168.1.65")).isEqualTo("192.168.1.3");
            assertThat(lines("192.168.1.64/27")).containsExactlyInAnyOrder(plain, over);
        } finally {
            frr.vtysh("configure terminal", "no " + over);
        }
    }

    @Test
    void whatARecursiveRouteOfOthersIsResolvedToIsNoNextHopOfOurs() {
        frr.vtysh("configure terminal", "ip route 192.168.1.160/27 192.168.1.97");
        try {
            Lab.await("FRR resolves it", () -> frr.vtysh("show ip route static").contains("recursive"),
                    () -> frr.vtysh("show ip route static"));
            Shellout.Done done = reroute.cli("www-3", "to", "host1");
            assertThat(done.status()).as(done.text()).isZero();
            assertThat(lab.nextHop("192.168.1.97")).isEqualTo("192.168.1.2");
            assertThat(lines("192.168.1.96/27")).containsExactly("ip route 192.168.1.96/27 192.168.1.2 10");
            assertThat(lines("192.168.1.160/27")).containsExactly("ip route 192.168.1.160/27 192.168.1.97");
        } finally {
            frr.vtysh("configure terminal", "no ip route 192.168.1.160/27 192.168.1.97");
        }
    }

    private List<String> lines(String prefix) {
        return frr.vtysh("show running-config").lines().filter(l -> l.startsWith("ip route " + prefix + " ")).toList();
    }
}
