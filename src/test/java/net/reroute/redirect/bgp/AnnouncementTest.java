package net.reroute.redirect.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.BgpSites;
import net.reroute.core.BgpSites.Worse;
import net.reroute.core.Dialect.BgpFamily;
import net.reroute.core.Prefix;
import net.reroute.core.Template;
import net.reroute.redirect.bgp.Announcement.Is;
import org.junit.jupiter.api.Test;

/** What is understood of configurations and tables; the texts are those of FRR 8.4 and of published IOS formats. */
class AnnouncementTest {

    private static final Prefix PREFIX = Prefix.parse("203.0.113.0/24");
    private static final String HEAD = "Building configuration...\n\nrouter bgp 65001\n no bgp network import-check\n"
            + " neighbor 172.16.1.1 remote-as 65000\n !\n address-family ipv4 unicast\n";
    private static final String TOLD = "{\"prefix\":\"203.0.113.0\\/24\",\"advertisedTo\":{\"172.16.1.1\":{}},"
            + "\"paths\":[{\"sourced\":true,\"local\":true}]}";
    private static final BgpFamily IOS = new BgpFamily("address-family ipv4",
            new Template("network {network} mask {mask}"), new Template("show ip bgp {network} {mask}"));

    private static Announcement read(String lines, String paths) {
        String config = HEAD + lines + " exit-address-family\nexit\n!\nend\n";
        return Announcement.of(BgpConfig.read(config, PREFIX).orElseThrow(), BgpTable.ofJson(paths));
    }

    private static BgpSites worseBy(Set<Worse> ways) {
        return new BgpSites(Map.of(), Duration.ZERO, ways, "", Optional.empty());
    }

    @Test
    void aLineAndItsNeighboursAreSeen() {
        assertThat(read("  network 203.0.113.0/24\n", TOLD))
                .isEqualTo(new Announcement(Is.AS_IS, "", 1, true, "65001"));
        assertThat(read("  network 203.0.113.0/24 route-map reroute-worse-med\n", TOLD).is()).isEqualTo(Is.WORSE);
        assertThat(read("  network 203.0.113.0/24 route-map own\n", TOLD).map()).isEqualTo("own");
        assertThat(read("  network 203.0.113.0/24\n", TOLD.replace("\"172.16.1.1\":{}", "")).isSettled(Is.AS_IS))
                .isFalse();
    }

    @Test
    void otherPrefixesAndInstancesDoNotCount() {
        assertThat(read("  network 203.0.113.0/25\n  network 203.0.112.0/24\n", "{}").is()).isEqualTo(Is.NOT);
        assertThat(read("", "{}").isSettled(Is.NOT)).isTrue();
        String other = " exit-address-family\nexit\nrouter bgp 65001 vrf blue\n address-family ipv4 unicast\n  network "
                + PREFIX + "\n";
        assertThat(read(other, "{}").is()).isEqualTo(Is.NOT);
        assertThat(BgpConfig.read("router bgp 65001 vrf blue\n network " + PREFIX + "\n", PREFIX)).isEmpty();
    }

    @Test
    void masksAndClassesOfIosAreUnderstood() {
        String config = "router bgp 65001\n bgp log-neighbor-changes\n network 10.0.0.0\n"
                + " network 203.0.113.0 mask 255.255.255.0 route-map OUT\n network 203.0.113.0 mask 255.255.255.128\n";
        BgpConfig read = BgpConfig.read(config, PREFIX).orElseThrow();
        assertThat(read).isEqualTo(new BgpConfig("65001", false, true, "OUT"));
        assertThat(BgpConfig.read(config, Prefix.parse("10.0.0.0/8")).orElseThrow().announced()).isTrue();
        assertThat(BgpConfig.read(config, Prefix.parse("10.0.0.0/16")).orElseThrow().announced()).isFalse();
    }

    @Test
    void linesOfVrfsAndBackDoorsAnnounceNothing() {
        String config = "router bgp 65001\n !\n address-family ipv4 vrf CUST\n  network 203.0.113.0 mask 255.255.255.0\n"
                + " exit-address-family\n address-family ipv4 multicast\n  network 203.0.113.0 mask 255.255.255.0\n"
                + " exit-address-family\n network 203.0.113.0 mask 255.255.255.0 backdoor\n";
        assertThat(BgpConfig.read(config, PREFIX).orElseThrow())
                .isEqualTo(new BgpConfig("65001", false, false, ""));
    }

    @Test
    void aSiteThatHearsOfAnotherIsWithdrawnAllTheSame() {
        String ofTheOther = TOLD.replace("true", "false");
        assertThat(read("", ofTheOther).isSettled(Is.NOT)).isTrue();
        assertThat(read("  network 203.0.113.0/24\n", ofTheOther).isSettled(Is.AS_IS))
                .as("what neighbours are told is the other's").isFalse();
    }

    @Test
    void whatIsOriginatedWithoutALineIsSomebodyElses() {
        assertThat(read("", TOLD).otherwise()).isTrue();
        assertThat(read("", TOLD.replace("true", "false")).otherwise()).isFalse();
    }

    @Test
    void tablesForPeopleAreUnderstood() {
        BgpTable ios = BgpTable
                .ofText("""
                        BGP routing table entry for 203.0.113.0/24, version 12
                        Paths: (2 available, best #2, table default)
                          Advertised to update-groups:
                             1          3
                          Refresh Epoch 1
                          65002 65002
                            10.0.12.2 from 10.0.12.2 (10.0.0.2)
                              Origin IGP, metric 0, localpref 100, valid, internal
                              rx pathid: 0, tx pathid: 0
                          Refresh Epoch 1
                          Local
                            0.0.0.0 from 0.0.0.0 (10.0.0.1)
                              Origin IGP, metric 0, localpref 100, weight 32768, valid, sourced, local, best
                              rx pathid: 0, tx pathid: 0x0
                        """.lines().toList());
        assertThat(ios.told()).isEqualTo(2);
        assertThat(ios.paths()).containsExactly(new BgpTable.Path(false, false, "65002 65002", "10.0.12.2"),
                new BgpTable.Path(true, true, "", "0.0.0.0"));
        BgpTable frr = BgpTable.ofText("""
                                       BGP routing table entry for 203.0.113.0/24, version 3
                                       Paths: (1 available, best #1, table default)
                                         Not advertised to any peer
                                         65002, (aggregated by 65002 10.0.0.2)
                                           172.16.1.2 from edge2(172.16.1.2) (198.51.100.1)
                                             Origin IGP, metric 0, valid, external, best (First path received)
                                             Last update: Mon Nov 30 03:00:00 2026
                                       """.lines().toList());
        assertThat(frr.told()).isZero();
        assertThat(frr.best().orElseThrow()).isEqualTo(new BgpTable.Path(true, false, "65002", "172.16.1.2"));
        assertThat(frr.best().orElseThrow().origin()).isEqualTo("65002");
        assertThat(BgpTable.ofText(List.of("% Network not in table")).paths()).isEmpty();
    }

    @Test
    void anAnswerThatIsNeitherIsNotTakenForNothing() {
        assertThatThrownBy(() -> read("", "% Unknown command")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BgpTable.ofText(List.of("% Invalid input detected")))
                .hasMessage("% Invalid input detected");
        assertThatThrownBy(() -> BgpTable.ofText(List.of())).hasMessage("no answer");
    }

    @Test
    void anOldIosGetsItsLineWhereItsOthersStand() {
        BgpSites sites = worseBy(EnumSet.allOf(Worse.class));
        BgpConfig old = new BgpConfig("65001", false, true, "");
        assertThat(BgpLines.of(IOS, old, PREFIX, Is.NOT, "", sites)).containsExactly("router bgp 65001",
                "no network 203.0.113.0 mask 255.255.255.0");
        BgpConfig families = new BgpConfig("65001", true, false, "");
        assertThat(BgpLines.of(IOS, families, PREFIX, Is.AS_IS, "OUT", sites)).containsExactly("router bgp 65001",
                "address-family ipv4", "network 203.0.113.0 mask 255.255.255.0 route-map OUT");
        assertThat(BgpLines.of(IOS, families, PREFIX, Is.WORSE, "OUT", sites)).startsWith(
                "route-map reroute-worse-community-prepend-med permit 10", "set community 65535:0 additive",
                "set as-path prepend 65001 65001 65001", "set metric 4294967294")
                .endsWith("network 203.0.113.0 mask 255.255.255.0 route-map reroute-worse-community-prepend-med");
        assertThat(BgpLines.of(IOS, families, PREFIX, Is.WORSE, "", worseBy(Set.of(Worse.MED))))
                .startsWith("route-map reroute-worse-med permit 10", "set metric 4294967294", "exit");
    }
}
