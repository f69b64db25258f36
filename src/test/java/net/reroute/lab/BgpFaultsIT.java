package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong between speakers and their neighbours, on real FRR; and IPv6. */
class BgpFaultsIT extends OnBgpNetwork {

    private static final String SIX = "2001:db8:113::/48";
    private static LabBgp two;

    @BeforeAll
    static void speakers() {
        two = sites.two();
    }

    @BeforeEach
    void nothingAnnounced() {
        for (LabBgp edge : List.of(one, two)) {
            withdraw(edge);
            edge.vtysh("configure terminal", "router bgp", "address-family ipv6 unicast", "no network " + SIX);
        }
    }

    private void inventory(String prefix, String options) {
        inventory("routers:\n" + login("gw1", "192.168.1.1", "linux") + login("edge2", "192.168.1.28", "linux"),
                prefix, "speakers: {gw1: [host1, host2], edge2: [host3]}" + options);
    }

    private static void provider(String... lines) {
        String[] all = new String[lines.length + 2];
        all[0] = "configure terminal";
        all[1] = "router bgp";
        System.arraycopy(lines, 0, all, 2, lines.length);
        provider.vtysh(all);
    }

    private void isRefused(Shellout.Done done, String why) {
        assertThat(done.status()).as(done.text()).isNotZero();
        assertThat(done.text()).contains(why);
        assertThat(way()).as("the old site stays").isEqualTo("172.16.1.2");
    }

    @Test
    void aSiteWhoseSessionIsDownTakesNothingOver() {
        inventory(PREFIX, ", share: 1");
        begin();
        provider("neighbor 172.16.2.2 shutdown");
        try {
            isRefused(reroute.ask("www", "to", "edge2"), "0 neighbours are told of it");
            site("gw1");
        } finally {
            provider("no neighbor 172.16.2.2 shutdown");
        }
    }

    @Test
    void noSiteIsWithdrawnForOneThatNobodyHears() {
        inventory(PREFIX, "");
        begin();
        site("gw1+edge2");
        provider("neighbor 172.16.2.2 shutdown");
        try {
            Lab.await("nobody hears of it",
                    () -> two.vtysh("show bgp ipv4 unicast " + PREFIX).contains("Not advertised"));
            look();
            Lab.await("it is told", 60,
                    () -> reroute.ask("status").text().contains("no neighbour that is told at edge2"),
                    () -> reroute.ask("status").text());
            lab.crash("host1");
            lab.crash("host2");
            Lab.await("worse, and there", () -> isWorse(one), reroute::log);
            Lab.await("it says why", () -> reroute.ask("history").text().replaceAll("\\s+", " ")
                    .contains("gw1 announces worse and stays, since edge2 is not heard of by any neighbour"),
                    () -> reroute.ask("history").text());
            assertThat(way()).isEqualTo("172.16.1.2");
        } finally {
            provider("no neighbor 172.16.2.2 shutdown");
        }
        Lab.await("the other is heard again, and gw1 is withdrawn", 60, () -> way().equals("172.16.2.2")
                && !one.vtysh("show running-config").contains("network " + PREFIX), reroute::log);
    }

    @Test
    void anAdminsRouteMapSurvivesAWithdrawalAndARestart() {
        inventory(PREFIX, "");
        one.vtysh("configure terminal", "route-map MINE permit 10", "exit", "router bgp",
                "address-family ipv4 unicast", "network " + PREFIX + " route-map MINE");
        begin();
        site("gw1+edge2");
        Shellout.Done first = reroute.ask("drain", "host1");
        assertThat(first.status()).as(first.text()).isZero();
        assertThat(reroute.ask("drain", "host2").status()).isZero();
        site("edge2");
        reroute.kill();
        reroute.daemon();
        assertThat(reroute.ask("undrain", "host1").status()).isZero();
        assertThat(reroute.ask("undrain", "host2").status()).isZero();
        site("gw1+edge2");
        assertThat(one.vtysh("show running-config")).contains("network " + PREFIX + " route-map MINE");
    }

    @Test
    void whatAnotherProgramAnnouncesAtOneSiteDoesNotHoldUpTheOthers() {
        inventory(PREFIX, "");
        begin();
        site("gw1+edge2");
        two.vtysh("configure terminal", "router bgp", "address-family ipv4 unicast", "no network " + PREFIX,
                "redistribute kernel");
        try {
            lab.crash("host1");
            lab.crash("host2");
            Lab.await("gw1 is withdrawn", () -> !one.vtysh("show running-config").contains("network " + PREFIX),
                    reroute::log);
            Lab.await("the other carries on", () -> way().equals("172.16.2.2"), reroute::log);
        } finally {
            two.vtysh("configure terminal", "router bgp", "address-family ipv4 unicast", "no redistribute kernel");
        }
    }

    @Test
    void aWorseAnnouncementWhoseRouteMapWasRemovedIsMadeAgain() {
        inventory(PREFIX, "");
        begin();
        site("gw1+edge2");
        List.of("host1", "host2", "host3").forEach(lab::crash);
        Lab.await("worse at both", 60, () -> isWorse(one) && isWorse(two), reroute::log);
        List.of(one, two).forEach(e -> e.vtysh("configure terminal",
                "no route-map reroute-worse-community-prepend-med"));
        Lab.await("it is gone", () -> !provider.vtysh("show bgp ipv4 unicast " + PREFIX).contains("6500"));
        look();
        Lab.await("it is there again", 60, () -> provider.vtysh("show bgp ipv4 unicast " + PREFIX).contains("65001"),
                reroute::log);
    }

    @Test
    void aFilterTowardsTheNeighbourIsNoticed() {
        inventory(PREFIX, ", share: 1");
        begin();
        two.vtysh("configure terminal", "ip prefix-list NONE seq 5 deny any", "router bgp",
                "address-family ipv4 unicast", "neighbor 172.16.2.1 prefix-list NONE out");
        try {
            isRefused(reroute.ask("www", "to", "edge2"), "0 neighbours are told of it");
        } finally {
            two.vtysh("configure terminal", "router bgp", "address-family ipv4 unicast",
                    "no neighbor 172.16.2.1 prefix-list NONE out");
        }
    }

    @Test
    void aSpeakerThatForgetsInTheMiddleOfAChangeDoesNotEndTheOldSite() {
        inventory(PREFIX, ", share: 1");
        reroute.write("lab.yaml", reroute.read("lab.yaml").replace("settle: 1s", "settle: 4s"));
        begin();
        CompletableFuture<Shellout.Done> moving = CompletableFuture
                .supplyAsync(() -> reroute.ask("www", "to", "edge2"));
        Lab.await("edge2 announces", () -> two.vtysh("show running-config").contains("network " + PREFIX));
        withdraw(two); // as when its configuration is loaded again
        isRefused(moving.join(), "gw1 stays, since edge2 is not heard of by any neighbour");
        assertThat(isWorse(one)).isFalse();
    }

    @Test
    void aSiteThatDiesWhileItTakesOverIsLeftAtOnce() {
        inventory(PREFIX, ", share: 1");
        reroute.write("lab.yaml", reroute.read("lab.yaml").replace("settle: 1s", "settle: 2s"));
        begin();
        CompletableFuture<Shellout.Done> moving = CompletableFuture
                .supplyAsync(() -> reroute.ask("www", "to", "edge2"));
        Lab.await("edge2 announces", () -> two.vtysh("show running-config").contains("network " + PREFIX));
        lab.crash("host3");
        moving.join();
        Lab.await("back at the site that works", 10, () -> way().equals("172.16.1.2"), reroute::log);
        site("gw1");
    }

    @Test
    void aGracefulRestartWithoutTheLineIsMended() {
        inventory(PREFIX, "");
        begin();
        site("gw1+edge2");
        two.restart();
        look();
        Lab.await("announced again", 90, () -> two.vtysh("show running-config").contains("network " + PREFIX),
                reroute::log);
        lab.crash("host1");
        lab.crash("host2");
        Lab.await("the other site carries on", () -> way().equals("172.16.2.2"), reroute::log);
    }

    @Test
    void aPrefixOfIpv6MovesBetweenSites() {
        inventory(SIX, ", share: 1");
        reroute.daemon();
        assertThat(reroute.ask("www", "to", "gw1").status()).as(reroute.log()).isZero();
        assertThat(one.vtysh("show running-config")).contains("network " + SIX);
        assertThat(provider.vtysh("show bgp ipv6 unicast " + SIX)).contains("65001");
        Shellout.Done moved = reroute.ask("www", "to", "edge2");
        assertThat(moved.status()).as(moved.text()).isZero();
        assertThat(provider.vtysh("show bgp ipv6 unicast " + SIX)).contains("65002").doesNotContain("65001");
        assertThat(one.vtysh("show running-config")).doesNotContain("network " + SIX);
    }
}
