package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

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
}
