package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Speakers that are not a shell: a command line like that of IOS, which is FRR's as a login shell, and a session of the
 * controller's own by GoBGP. The provider is looked at from afar.
 */
class BgpSpeakersIT extends OnBgpNetwork {

    /** The next hop of its own path; others are those of neighbours. */
    private static final String OWN = " 172.16.2.2 ";

    private static LabGobgp own;

    @BeforeAll
    static void speakers() {
        own = new LabGobgp(lab, "edge2", 65002, "172.16.2.2", "172.16.2.1", 65000);
        lab.sshd().kill("gw1");
        lab.sshd().startWithCommand("gw1", one.programs().resolve("vtysh").toString(), "192.168.1.1");
        lab.sshd().startWithPrograms("isp", provider.programs(), "192.168.1.27");
    }

    @BeforeEach
    void nothingAnnounced() {
        withdraw(one);
        lab.attempt("edge2", "gobgp global rib del " + PREFIX);
    }

    private void inventory(String options) {
        inventory("routers:\n" + login("gw1", "192.168.1.1", "frr") + login("isp", "192.168.1.27", "linux")
                + "speakers:\n  own2: {gobgp: 192.168.1.28, next-hop: 172.16.2.2}\n", PREFIX,
                "speakers: {gw1: [host1, host2], own2: [host3]}, vantage: isp" + options);
    }

    @Test
    void aSiteThatDiesIsWithdrawnAtEither() {
        inventory("");
        String text = reroute.cli("doctor").text().replaceAll("\\s+", " ");
        assertThat(text).contains("good gw1 speaks BGP as AS 65001, and does not announce " + PREFIX,
                "good own2 speaks BGP as AS 65002", "good isp is asked from afar: isp has no path to it");
        begin();
        site("gw1+own2");
        lab.crash("host3");
        Lab.await("own2 is withdrawn", () -> !own.rib().contains(OWN), own::rib);
        site("gw1");
        lab.repair();
        site("gw1+own2");
        lab.crash("host1");
        lab.crash("host2");
        Lab.await("the provider goes to the other site", () -> way().equals("172.16.2.2"), reroute::log);
        site("own2");
        lab.crash("host3");
        Lab.await("worse at both", () -> isWorse(one) && own.rib().contains("planned-shut"), () -> own.rib()
                + reroute.log());
        Lab.await("the provider has heard", () -> provider.vtysh("show bgp ipv4 unicast " + PREFIX)
                .matches("(?s).*65001 65001 65001 65001.*65002 65002 65002 65002.*4294967294.*"),
                () -> provider.vtysh("show bgp ipv4 unicast " + PREFIX));
        lab.repair();
        site("gw1+own2");
        Lab.await("as before", () -> !isWorse(one) && !own.rib().contains("planned-shut"), own::rib);
    }

    @Test
    void aPlannedChangeOfSiteLosesNoPacketAndIsSeenFromAfar() {
        inventory(", share: 1");
        begin();
        Path out = lab.folder().resolve("pings");
        Process pings = lab.start("isp", out, List.of("ping", "-q", "-i", "0.002", "-c", "4000", "203.0.113.1"));
        Shellout.Done moved = reroute.ask("www", "to", "own2", "--because", "works at site one");
        assertThat(moved.status()).as(moved.text() + reroute.log()).isZero();
        assertThat(moved.text()).contains("isp reaches it at own2");
        assertThat(way()).isEqualTo("172.16.2.2");
        assertThat(reroute.ask("release", "www").status()).isZero();
        Lab.await("back home after its soak", () -> way().equals("172.16.1.2"), reroute::log);
        Lab.await("all pings", 60, () -> !pings.isAlive(), () -> LabSshd.read(out));
        assertThat(LabSshd.read(out)).contains("4000 received, 0% packet loss");
        String dry = reroute.ask("www", "to", "own2", "--dry-run", "--json").text();
        assertThat(dry).contains("own2: gobgp -u 192.168.1.28 -p 50051 global rib add -a ipv4 " + PREFIX
                + " nexthop 172.16.2.2", "gw1: no network " + PREFIX);
    }

    @Test
    void aNetworkThatDoesNotFollowKeepsTheOldSite() {
        inventory(", share: 1, worse: [med]");
        begin();
        provider.vtysh("configure terminal", "route-map BEST permit 10", "set local-preference 500", "exit",
                "router bgp 65000", "address-family ipv4 unicast", "neighbor 172.16.1.2 route-map BEST in");
        Shellout.Done moved = reroute.ask("www", "to", "own2", "--because", "works at site one");
        provider.vtysh("configure terminal", "router bgp 65000", "address-family ipv4 unicast",
                "no neighbor 172.16.1.2 route-map BEST in");
        assertThat(moved.status()).as(moved.text()).isNotZero();
        assertThat(moved.text()).contains("gw1 stays, since isp reaches it at gw1 although it announces worse");
        site("gw1");
        assertThat(way()).isEqualTo("172.16.1.2");
    }

    @Test
    void aSpeakerWithFewLinesIsLoggedInToForEachChange() {
        inventory("");
        reroute.write("lab.yaml",
                reroute.read("lab.yaml").replace("dialect: frr,", "dialect: frr, session: per-move,"));
        begin();
        site("gw1+own2");
        Lab.await("nobody is logged in", () -> lab.attempt("gw1", "ss -Htn state established '( sport = :22 )'").text()
                .isBlank(), () -> lab.attempt("gw1", "ss -Htn state established '( sport = :22 )'").text());
        assertThat(reroute.ask("www", "to", "own2", "--stay").status()).as(reroute.log()).isZero();
        assertThat(way()).isEqualTo("172.16.2.2");
    }

    @Test
    void aSpeakerOfOurOwnThatRestartsIsTaughtAgain() {
        inventory("");
        begin();
        site("gw1+own2");
        own.end();
        Lab.await("it is told", 60,
                () -> reroute.ask("status", "--json").text().contains("cannot be asked everywhere: own2"),
                () -> reroute.ask("status").text());
        own.start();
        look();
        Lab.await("announced again", 90, () -> own.rib().contains(OWN), reroute::log);
    }
}
