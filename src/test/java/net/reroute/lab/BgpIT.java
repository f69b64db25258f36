package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two sites that announce one prefix to a provider, all of them real FRR; the provider's kernel says who has it. */
class BgpIT {

    private static final String PREFIX = "203.0.113.0/24";

    private static Lab lab;
    private static LabBgp provider;
    private static LabBgp one;
    private static LabBgp two;
    private static int homes;
    private Reroute reroute;

    @BeforeAll
    static void build() {
        lab = new Lab();
        lab.plugClient("edge2", 28);
        lab.plugClient("isp", 27);
        link("gw1", "172.16.1.2", "172.16.1.1", "one");
        link("edge2", "172.16.2.2", "172.16.2.1", "two");
        lab.in("isp", "ip route del default; ip link set eth0 down");
        lab.in("edge2", "sysctl -qw net.ipv4.ip_forward=1; ip route add 203.0.113.0/24 via 192.168.1.4");
        lab.in("gw1", "ip route add 172.16.2.0/30 via 172.16.1.1; ip route add 203.0.113.0/24 via 192.168.1.2");
        Lab.HOSTS.forEach(h -> lab.in(h, "ip addr add 203.0.113.1/32 dev lo"));
        provider = new LabBgp(lab, "isp", 65000, "neighbor 172.16.1.2 remote-as 65001",
                "neighbor 172.16.2.2 remote-as 65002",
                "neighbor 172.16.1.2 advertisement-interval 0", "neighbor 172.16.2.2 advertisement-interval 0");
        one = new LabBgp(lab, "gw1", 65001, "neighbor 172.16.1.1 remote-as 65000",
                "neighbor 172.16.1.1 advertisement-interval 0", "address-family ipv4 unicast",
                " network 198.51.100.0/24");
        two = new LabBgp(lab, "edge2", 65002, "neighbor 172.16.2.1 remote-as 65000",
                "neighbor 172.16.2.1 advertisement-interval 0");
        lab.sshd().startWithPrograms("gw1", one.programs(), "192.168.1.1");
        lab.sshd().startWithPrograms("edge2", two.programs(), "192.168.1.28");
        lab.serve();
        lab.routesAtHome();
        Ahead.make(lab);
    }

    private static void link(String edge, String its, String providers, String name) {
        Shellout.run("ip", "link", "add", name, "netns", lab.space("isp"), "type", "veth", "peer", "name", "wan",
                "netns",
                lab.space(edge));
        lab.in("isp", "ip addr add " + providers + "/30 dev " + name + "; ip link set " + name + " up");
        lab.in(edge, "ip addr add " + its + "/30 dev wan; ip link set dev wan up");
    }

    @AfterAll
    static void takeDown() {
        lab.close();
    }

    @BeforeEach
    void whole() {
        lab.repair();
        reroute = new Reroute(lab, "bgp" + homes++);
        for (LabBgp edge : List.of(one, two)) {
            edge.vtysh("configure terminal", "router bgp", "address-family ipv4 unicast", "no network " + PREFIX);
        }
    }

    @AfterEach
    void stop() {
        if (reroute.process() != null && reroute.process().isAlive()) {
            reroute.kill();
        }
        lab.sshd().endSessions();
    }

    private void inventory(String options) {
        String edge2 = reroute.routers().lines().skip(1).findFirst().orElseThrow().replace("gw1", "edge2")
                .replace("192.168.1.1,", "192.168.1.28,");
        reroute.write("lab.yaml", reroute.routers() + edge2 + "\n" + Reroute.servers()
                + "checks:\n  port: {tcp: \"{server}:80\", every: 200ms, fast: 100ms, timeout: 100ms}\n"
                + "services:\n  www: {prefix: " + PREFIX
                + ", redirect: bgp, speakers: {gw1: [host1, host2], edge2: [host3]},"
                + " checks: [port], soak: 1s, settle: 1s" + options + "}\n");
    }

    /** How the provider's kernel reaches the prefix. */
    private static String way() {
        return lab.attempt("isp", "ip route show exact " + PREFIX).text().replaceAll("(?s).*? via (\\S+).*", "$1")
                .strip();
    }

    private void begin() {
        reroute.daemon();
        assertThat(reroute.ask("www", "to", "gw1", "--because", "first").status()).as(reroute.log()).isZero();
        assertThat(reroute.ask("release", "www").status()).isZero();
        Lab.await("announced", () -> way().equals("172.16.1.2"), () -> way() + one.vtysh("show running-config"));
    }

    private void site(String text) {
        Lab.await("it is at " + text, () -> reroute.ask("explain", "www").text().contains("is at " + text + ";"),
                () -> reroute.ask("explain", "www").text() + reroute.log());
    }

    @Test
    void aSiteThatDiesIsWithdrawnAndTheOtherCarriesOn() {
        inventory("");
        begin();
        site("gw1+edge2");
        String before = one.vtysh("show running-config");
        lab.crash("host1");
        lab.crash("host2");
        Lab.await("the provider goes to the other site", () -> way().equals("172.16.2.2"), reroute::log);
        site("edge2");
        assertThat(reroute.ask("explain", "www").text()).contains("host1 is DOWN", "host2 is DOWN");
        lab.crash("host3");
        Lab.await("all are sick",
                () -> reroute.ask("explain", "www").text().contains("none is left, so all are listed"),
                () -> reroute.ask("explain", "www").text());
        assertThat(way()).as("a prefix is never withdrawn everywhere").isNotEmpty();
        lab.repair();
        site("gw1+edge2");
        assertThat(one.vtysh("show running-config")).as("nothing else has changed").isEqualTo(before);
    }

    @Test
    void aPlannedChangeOfSiteLosesNoPacket() {
        inventory(", share: 1");
        begin();
        site("gw1");
        Path out = lab.folder().resolve("pings");
        Process pings = lab.start("isp", out, List.of("ping", "-q", "-i", "0.002", "-c", "4000", "203.0.113.1"));
        assertThat(reroute.ask("www", "to", "edge2", "--because", "works at site one").status()).as(reroute.log())
                .isZero();
        assertThat(way()).isEqualTo("172.16.2.2");
        assertThat(reroute.ask("release", "www").status()).isZero();
        Lab.await("back home after its soak", () -> way().equals("172.16.1.2"), reroute::log);
        Lab.await("all pings", 60, () -> !pings.isAlive(), () -> LabSshd.read(out));
        assertThat(LabSshd.read(out)).contains("4000 received, 0% packet loss");
        String dry = reroute.ask("www", "to", "edge2", "--dry-run", "--json").text();
        assertThat(dry).contains("edge2: network " + PREFIX, "gw1: network " + PREFIX + " route-map reroute-worse",
                "gw1: no network " + PREFIX);
    }

    @Test
    void aSpeakerThatIsAwayIsNoHindranceAndOneThatForgotIsReminded() {
        inventory("");
        begin();
        site("gw1+edge2");
        lab.sshd().kill("edge2");
        lab.crash("host1");
        lab.crash("host2");
        Lab.await("site one is withdrawn all the same", () -> way().equals("172.16.2.2"), reroute::log);
        Lab.await("it is told", 60,
                () -> reroute.ask("status", "--json").text().contains("cannot be asked everywhere: edge2"),
                () -> reroute.ask("status").text());
        lab.sshd().startWithPrograms("edge2", two.programs(), "192.168.1.28");
        lab.repair();
        site("gw1+edge2");
        two.restart();
        Lab.await("announced again", 90, () -> two.vtysh("show running-config").contains("network " + PREFIX),
                reroute::log);
    }

    @Test
    void whatSomebodyElseOriginatesIsLeftAlone() {
        inventory("");
        one.vtysh("configure terminal", "router bgp", "address-family ipv4 unicast", "redistribute kernel");
        reroute.daemon();
        Lab.await("it is told",
                () -> reroute.ask("status", "--json").text().contains("originates it without a 'network' line"),
                () -> reroute.ask("status").text());
        one.vtysh("configure terminal", "router bgp", "address-family ipv4 unicast", "no redistribute kernel");
    }
}
