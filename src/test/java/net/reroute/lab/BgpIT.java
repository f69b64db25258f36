package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sites whose speakers are FRR, commanded by vtysh in a shell. */
class BgpIT extends OnBgpNetwork {

    private static LabBgp two;

    @BeforeAll
    static void speakers() {
        two = sites.two();
    }

    @BeforeEach
    void nothingAnnounced() {
        List.of(one, two).forEach(OnBgpNetwork::withdraw);
    }

    private void inventory(String options) {
        inventory("routers:\n" + login("gw1", "192.168.1.1", "linux") + login("edge2", "192.168.1.28", "linux"),
                PREFIX, "speakers: {gw1: [host1, host2], edge2: [host3]}" + options);
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
        assertThat(reroute.ask("explain", "host1").text()).contains("www at gw1", "connection refused");
        lab.crash("host3");
        Lab.await("all are sick",
                () -> reroute.ask("explain", "www").text().contains("so all announce it, as a last resort"),
                () -> reroute.ask("explain", "www").text());
        Lab.await("worse than whoever else has it", () -> isWorse(one) && isWorse(two), reroute::log);
        assertThat(way()).as("a prefix is never withdrawn everywhere").isNotEmpty();
        Lab.await("the provider has heard", () -> provider.vtysh("show bgp ipv4 unicast " + PREFIX)
                .matches("(?s).*65001 65001 65001 65001.*graceful.*65002 65002 65002 65002.*4294967294.*graceful.*"),
                () -> provider.vtysh("show bgp ipv4 unicast " + PREFIX));
        lab.repair();
        site("gw1+edge2");
        Lab.await("as before", () -> !isWorse(one) && !isWorse(two), reroute::log);
        assertThat(without("reroute-worse", one.vtysh("show running-config")))
                .as("nothing else has changed").isEqualTo(without("reroute-worse", before));
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
        assertThat(dry).contains("edge2: network " + PREFIX,
                "gw1: network " + PREFIX + " route-map reroute-worse-community-prepend-med",
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
        look();
        Lab.await("announced again", 90, () -> two.vtysh("show running-config").contains("network " + PREFIX),
                reroute::log);
    }

    @Test
    void whatSomebodyElseOriginatesIsLeftAlone() {
        inventory("");
        one.vtysh("configure terminal", "router bgp", "address-family ipv4 unicast", "redistribute kernel");
        reroute.daemon();
        Lab.await("it is told",
                () -> reroute.ask("status", "--json").text().contains("in another way than reroute would"),
                () -> reroute.ask("status").text());
        one.vtysh("configure terminal", "router bgp", "address-family ipv4 unicast", "no redistribute kernel");
    }
}
