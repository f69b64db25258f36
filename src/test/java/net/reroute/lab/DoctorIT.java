package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every finding, made on purpose. */
class DoctorIT {

    private static Lab lab;
    private static Reroute reroute;

    @BeforeAll
    static void build() {
        lab = new Lab();
        lab.sshd().start("gw1", "192.168.1.1");
        lab.sshd().start("host1", "192.168.1.2");
        lab.routesAtHome();
        reroute = new Reroute(lab);
        String login = ", user: root, key: " + lab.sshd().key() + ", known-hosts: " + lab.sshd().knownHosts() + "}";
        reroute.inventory("up: {icmp: \"{server}\"}", "checks: [up]");
        reroute.write("lab.yaml", reroute.read("lab.yaml").replace("host1: {address: 192.168.1.2}",
                "host1: {address: 192.168.1.2" + login));
    }

    @AfterAll
    static void takeDown() {
        lab.close();
    }

    private static String doctor(int status) {
        Shellout.Done done = reroute.cli("doctor");
        assertThat(done.status()).as(done.text()).isEqualTo(status);
        return done.text().replaceAll("\\s+", " ");
    }

    @Test
    void aHealthyNetworkHasNothingBad() {
        lab.in("gw1", "for i in 2 3 4 5; do ping -c1 -W1 192.168.1.$i >/dev/null; done");
        String text = doctor(0);
        assertThat(text).contains("good host1 holds 192.168.1.33").contains("good gw1 root may use ip")
                .contains("note host2 has no login").doesNotContain("bad ");
    }

    @Test
    void tellsWhatIsWrongOnAServerAndChangesNothing() {
        lab.in("host1", "ip addr del 192.168.1.33/32 dev lo; sysctl -qw net.ipv4.conf.all.arp_ignore=0"
                + " net.ipv4.conf.all.arp_announce=0 net.ipv4.conf.all.rp_filter=1");
        try {
            assertThat(doctor(1))
                    .contains("bad host1 does not hold 192.168.1.33 fix: ip addr add 192.168.1.33/32 dev lo")
                    .contains("arp_ignore is 0").contains("fix: sysctl -w net.ipv4.conf.all.arp_announce=2")
                    .contains("host1 rp_filter is strict");
            assertThat(lab.in("host1", "ip addr show lo")).doesNotContain("192.168.1.33/32");
        } finally {
            lab.in("host1", "ip addr add 192.168.1.33/32 dev lo; sysctl -qw net.ipv4.conf.all.arp_ignore=1"
                    + " net.ipv4.conf.all.arp_announce=2 net.ipv4.conf.all.rp_filter=0");
        }
    }

    @Test
    void tellsWhatIsWrongOnARouter() {
        lab.in("gw1", "sysctl -qw net.ipv4.ip_forward=0 net.ipv4.conf.all.send_redirects=1; ip neigh flush all;"
                + " ip route replace 192.168.1.32/27 via 192.168.1.2 proto bgp");
        try {
            assertThat(doctor(1)).contains("bad gw1 does not forward IPv4 fix: sysctl -w net.ipv4.ip_forward=1")
                    .contains("gw1 sends ICMP redirects to this machine")
                    .contains("gw1 does not know the hardware address of host2")
                    .contains("bad gw1 its route for 192.168.1.32/27 is owned by a program (proto bgp)");
        } finally {
            lab.in("gw1", "sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.send_redirects=0");
            lab.routesAtHome();
        }
    }

    @Test
    void aMachineThatCannotBeReachedIsNamedAndTheOthersAreExamined() {
        lab.cutOff("host1");
        try {
            assertThat(doctor(1)).contains("bad host1 root@192.168.1.2 cannot be reached")
                    .contains("good gw1 login works");
        } finally {
            lab.plugIn("host1");
        }
    }
}
