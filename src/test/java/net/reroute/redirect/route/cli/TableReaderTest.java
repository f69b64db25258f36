package net.reroute.redirect.route.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.reroute.core.Address;
import net.reroute.core.Dialect.Family;
import net.reroute.core.Prefix;
import net.reroute.redirect.route.router.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routing tables of odd shapes, in the words of each device. */
class TableReaderTest {

    private static final String WWW1 = "192.168.1.32/27";

    @TempDir
    Path folder;

    /** A line for each prefix: PREFIX HOPS [DISTANCE]. */
    private List<String> table(String dialect, boolean v6, String text) {
        Family family = new CliHome(folder).dialect(dialect).family(v6).orElseThrow();
        return TableReader.table(text.lines().toList(), family).routes().values().stream()
                .map(s -> s.prefix() + " " + s.hops().stream().map(Address::toString).collect(Collectors.joining(","))
                        + s.distance().map(d -> " [" + d + "]").orElse(""))
                .toList();
    }

    @Test
    void iosLeavesOutMasksAndWrapsLines() {
        assertThat(table("cisco-ios", false, """
                                             Gateway of last resort is 10.0.0.254 to network 0.0.0.0

                                             S*    0.0.0.0/0 [1/0] via 10.0.0.254
                                                   192.168.5.0/27 is subnetted, 2 subnets
                                             S        192.168.5.32 [1/0] via 192.168.1.2
                                             S        192.168.5.64 [1/0] via 192.168.1.3
                                                   192.168.1.0/24 is variably subnetted, 5 subnets, 2 masks
                                             S        192.168.1.32/27
                                                        [1/0] via 192.168.1.2, GigabitEthernet0/1
                                             S        192.168.1.64/27 [200/0] via 192.168.1.3
                                                                      [200/0] via 192.168.1.2 (RED), Gi0/1
                                             S        192.168.1.96/27 is directly connected, Null0
                                             """)).containsExactly("0.0.0.0/0 10.0.0.254 [1]",
                "192.168.5.32/27 192.168.1.2 [1]", "192.168.5.64/27 192.168.1.3 [1]", "192.168.1.32/27 192.168.1.2 [1]",
                "192.168.1.64/27 192.168.1.3,192.168.1.2 [200]", "192.168.1.96/27 ");
    }

    @Test
    void frrMarksWhatItUses() {
        assertThat(table("frr", false, """
                                       S>* 192.168.1.32/27 [1/0] via 192.168.1.2, eth1, weight 1, 00:03:11
                                         *                       via 192.168.1.3, eth1, weight 1, 00:03:11
                                                                 via 192.168.1.4, eth1 inactive, weight 1, 00:03:11
                                       S   192.168.1.64/27 [200/0] via 192.168.1.3, eth1, weight 1, 00:03:11
                                       S>* 192.168.1.96/27 [1/0] unreachable (blackhole), weight 1, 00:03:11
                                       """)).containsExactly("192.168.1.32/27 192.168.1.2,192.168.1.3 [1]",
                "192.168.1.96/27  [1]");
    }

    @Test
    void nxosStarsWhatItUses() {
        assertThat(table("cisco-nxos", false, """
                                              IP Route Table for VRF "default"
                                              '*' denotes best ucast next-hop

                                              0.0.0.0/0, ubest/mbest: 1/0
                                                  *via 10.0.0.254%management, [1/0], 6d02h, static
                                              192.168.1.32/27, ubest/mbest: 2/0
                                                  *via 192.168.1.2, Vlan10, [1/0], 00:12:07, static, tag 100
                                                  *via 192.168.1.3, [1/0], 00:12:07, static
                                              192.168.1.64/27, ubest/mbest: 1/0, pending
                                                   via 192.168.1.4, Vlan10, [200/0], 00:00:01, static
                                              192.168.1.96/27, ubest/mbest: 1/0
                                                  *via Null0, [1/0], 1w0d, static
                                              """)).containsExactly("0.0.0.0/0 10.0.0.254 [1]",
                "192.168.1.32/27 192.168.1.2,192.168.1.3 [1]", "192.168.1.64/27 ", "192.168.1.96/27 ");
    }

    @Test
    void xrMarksBackupsAndShowsAgesOfStatics() {
        assertThat(table("cisco-xr", false, """
                                            Fri Nov 20 10:15:01.123 UTC

                                            S*   0.0.0.0/0 [1/0] via 10.0.0.254, 4d01h
                                            S    192.168.1.32/27 [1/0] via 192.168.1.2, 00:12:07
                                                                 [1/0] via 192.168.1.3, 00:12:07, GigabitEthernet0/0/0/1
                                                                 [1/0] via 192.168.1.4, 00:12:07 (!)
                                            S    192.168.1.64/27 [1/0] via 192.168.1.4, 00:12:07 (!)
                                            S    192.168.1.96/27 is directly connected, 00:12:07, Null0
                                            """)).containsExactly("0.0.0.0/0 10.0.0.254 [1]",
                "192.168.1.32/27 192.168.1.2,192.168.1.3 [1]", "192.168.1.64/27 ", "192.168.1.96/27 ");
        assertThat(table("cisco-xr", true, """
                                           S    2001:db8:33::/64
                                                 [200/0] via 2001:db8:1::2, 00:12:07
                                           """)).containsExactly("2001:db8:33::/64 2001:db8:1::2 [200]");
    }

    @Test
    void eosPutsNextHopsBesideOrBelowThePrefix() {
        assertThat(table("arista-eos", false, """
                                              VRF name: default
                                              Codes: C - connected, S - static, K - kernel,
                                                     O - OSPF, IA - OSPF inter area, E1 - OSPF external type 1,

                                               S        192.168.1.32/27 [1/0] via 192.168.1.2, Ethernet2
                                                                              via 192.168.1.3, Ethernet2
                                               S        192.168.1.64/27 [200/0]
                                                         via 192.168.1.4, Ethernet2
                                               S        192.168.1.96/27 is directly connected, Null0
                                              """)).containsExactly("192.168.1.32/27 192.168.1.2,192.168.1.3 [1]",
                "192.168.1.64/27 192.168.1.4 [200]", "192.168.1.96/27 ");
    }

    @Test
    void junosShowsWaysThatItDoesNotUse() {
        assertThat(table("juniper-junos", false, """
                                                 inet.0: 12 destinations, 13 routes (12 active, 0 holddown, 0 hidden)
                                                 + = Active Route, - = Last Active, * = Both

                                                 192.168.1.32/27    *[Static/5] 00:12:07
                                                                     >  to 192.168.1.2 via ge-0/0/1.0
                                                                        to 192.168.1.3 via ge-0/0/1.0
                                                                     [Static/200] 00:12:07
                                                                     >  to 192.168.1.4 via ge-0/0/1.0
                                                 192.168.1.64/27     [Static/5] 00:12:07
                                                                     >  to 192.168.1.4 via ge-0/0/1.0
                                                 192.168.1.96/27    *[Static/5] 3w5d 18:30:36
                                                                        Discard
                                                 """)).containsExactly("192.168.1.32/27 192.168.1.2,192.168.1.3 [5]",
                "192.168.1.96/27  [5]");
        assertThat(table("juniper-junos", true, """
                                                2001:db8:33:44:55::/80
                                                                   *[Static/5] 00:12:07
                                                                    >  to 2001:db8:1::2 via ge-0/0/1.0
                                                """)).containsExactly("2001:db8:33:44:55::/80 2001:db8:1::2 [5]");
    }

    @Test
    void routerOsShowsOneRouteInALine() {
        assertThat(table("mikrotik", false,
                """
                 0 A S  dst-address=0.0.0.0/0 gateway=10.0.0.254 gateway-status=10.0.0.254 reachable distance=10 scope=30
                10:15:02 echo: system,error,critical login failure for user root from 192.0.2.66 via ssh
                 1 A S  comment=www A gateway=1 dst-address=192.168.1.32/27 gateway=192.168.1.2 distance=1 scope=30
                 2   S  comment=www A dst-address=192.168.1.32/27 gateway=192.168.1.3 distance=200 scope=30
                 3 A S  dst-address=192.168.1.64/27 gateway=192.168.1.2,192.168.1.3 gateway-status=x distance=1 scope=30
                 4 A SB dst-address=192.168.1.96/27 type=blackhole distance=1
                 5 A S  dst-address=192.168.1.64/27 gateway=192.168.1.4 distance=1 scope=30 routing-mark=office
                """))
                .containsExactly("0.0.0.0/0 10.0.0.254 [10]", "192.168.1.32/27 192.168.1.2 [1]",
                        "192.168.1.64/27 192.168.1.2,192.168.1.3 [1]");
        assertThat(table("mikrotik", true,
                """
                 0  As+  dst-address=2001:db8:33::/64 routing-table=main gateway=2001:db8:1::2 distance=1 scope=30
                 1  As+  dst-address=2001:db8:33::/64 routing-table=main gateway=fe80::2%ether2 distance=1 scope=30
                   DAc   dst-address=2001:db8:1::/64 routing-table=main gateway=ether2 distance=0 scope=10
                """)).containsExactly("2001:db8:33::/64 2001:db8:1::2,fe80::2 [1]");
    }

    private Optional<String> strange(String dialect, String prefix, String text) {
        Family family = new CliHome(folder).dialect(dialect).family(false).orElseThrow();
        return TableReader.table(text.lines().toList(), family).strange(Prefix.parse(prefix));
    }

    @Test
    void aRouteThatLeadsOverAnInterfaceBesideItsNextHopIsStrange() {
        assertThat(strange("frr", WWW1, """
                                        S>* 192.168.1.32/27 [1/0] is directly connected, eth2, weight 1, 00:03:11
                                          *                       via 192.168.1.2, eth1, weight 1, 00:03:11
                                        """)).isPresent();
        assertThat(strange("cisco-ios", WWW1, """
                                              S        192.168.1.32/27 is directly connected, Tunnel0
                                                                       [1/0] via 192.168.1.2
                                              """)).isPresent();
        assertThat(strange("cisco-nxos", WWW1, """
                                               192.168.1.32/27, ubest/mbest: 2/0 time
                                                   *via 192.168.1.2, [1/0], 00:12:07, static
                                                   *via Tunnel0, [1/0], 00:12:07, static
                                               """)).isPresent();
    }

    @Test
    void routerOsListsWhatIsNotUsedAndOtherTablesAndNeitherIsOurs() {
        String text = """
                       0  As   dst-address=192.168.1.32/27 routing-table=main gateway=192.168.1.2 distance=1 scope=30
                       1   s   dst-address=192.168.1.32/27 routing-table=main gateway=192.168.1.3 distance=20 scope=30
                       2  As   dst-address=192.168.1.32/27 routing-table=main-backup gateway=192.168.1.4 distance=1
                       3  Xs   dst-address=192.168.1.32/27 routing-table=main gateway=192.168.1.5 distance=1
                       4  As   dst-address=10.99.0.0/16 routing-table=main gateway=wireguard1 distance=1
                      """;
        assertThat(table("mikrotik", false, text)).containsExactly("192.168.1.32/27 192.168.1.2 [1]");
        assertThat(strange("mikrotik", WWW1, text)).as("the last line speaks of its own prefix").isEmpty();
        assertThat(strange("mikrotik", "10.99.0.0/16", text)).isPresent();
    }

    @Test
    void aPrefixWithoutALengthIsNotTakenForAHost() {
        assertThat(table("cisco-ios", false, """
                                                    192.168.1.0 255.255.255.224 is subnetted, 1 subnets
                                             S        192.168.1.32 [1/0] via 192.168.1.2
                                             """)).isEmpty();
    }
}
