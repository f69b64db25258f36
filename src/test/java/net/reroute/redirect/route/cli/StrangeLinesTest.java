package net.reroute.redirect.route.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.reroute.core.Address;
import net.reroute.core.Dialect;
import net.reroute.core.Prefix;
import net.reroute.redirect.route.cli.ConfigReader.Config;
import net.reroute.redirect.route.cli.TableReader.ShownRoute;
import net.reroute.redirect.route.cli.TableReader.Table;
import net.reroute.redirect.route.router.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A line is understood whole or not at all, in tables, lookups and configurations. */
class StrangeLinesTest {

    private static final Prefix P32 = Prefix.parse("192.168.1.32/27");
    private static final Prefix P64 = Prefix.parse("192.168.1.64/27");
    private static final Prefix P96 = Prefix.parse("192.168.1.96/27");

    @TempDir
    Path folder;

    private Dialect dialect(String name) {
        return new CliHome(folder).dialect(name);
    }

    private Table table(String dialect, String text) {
        return TableReader.table(text.lines().toList(), dialect(dialect).ipv4().orElseThrow());
    }

    private static String hops(Table table, Prefix prefix) {
        return hops(table.routes().get(prefix));
    }

    private static String hops(ShownRoute shown) {
        return shown == null ? "none" : shown.hops().stream().map(Address::toString).collect(Collectors.joining(" "));
    }

    private Config config(String dialect, String... lines) {
        Dialect d = dialect(dialect);
        return new ConfigReader(d.ipv4().orElseThrow(), d.writing().words(), Optional.empty(), Set.of("br-lan"))
                .read(List.of(lines));
    }

    // ---- tables --------------------------------------------------------------------------------------------------

    @Test
    void iosXeMarksRoutesWithCodesInAColumnOfTheirOwn() {
        Table table = table("cisco-ios", """
                                               192.168.1.0/24 is variably subnetted, 4 subnets, 2 masks
                                         S        192.168.1.32/27 [1/0] via 10.0.0.2
                                         S   &    192.168.1.64/27 [1/0] via 10.0.0.3
                                                                  [1/0] via 10.0.0.4
                                         S   p    192.168.1.96/27 [1/0] via 10.0.0.5, Gi0/1
                                                                  [1/0] via 10.0.0.6, Gi0/1
                                         """);
        assertThat(hops(table, P32)).isEqualTo("10.0.0.2");
        assertThat(hops(table, P64)).isEqualTo("10.0.0.3 10.0.0.4");
        assertThat(hops(table, P96)).isEqualTo("10.0.0.5 10.0.0.6");
        assertThat(table.strange()).isEmpty();
    }

    @Test
    void aHeadThatIsNotUnderstoodKeepsItsNextHopsToItself() {
        Table table = table("cisco-ios", """
                                         S        192.168.1.32/27 [1/0] via 10.0.0.2
                                         S   ^    192.168.1.64/27 [1/0] via 10.0.0.3
                                                                  [1/0] via 10.0.0.4
                                               192.168.1.96/27 is subnetted, 1 subnets
                                         S ~~     192.168.1.96 [1/0] via 10.0.0.5
                                                               [1/0] via 10.0.0.6
                                         """);
        assertThat(hops(table, P32)).isEqualTo("10.0.0.2");
        assertThat(table.strange(P32)).isEmpty();
        assertThat(hops(table, P64)).isEqualTo("none");
        assertThat(table.strange(P64)).contains("S   ^    192.168.1.64/27 [1/0] via 10.0.0.3");
        assertThat(table.strange(P96)).contains("S ~~     192.168.1.96 [1/0] via 10.0.0.5");
    }

    @ParameterizedTest(name = "{0}: a next hop with more to it than is understood")
    @CsvSource(delimiter = '|', textBlock = """
                                            cisco-ios  | S        192.168.1.32/27 [1/0] via 10.0.0.2 | '           [1/0] via 10.0.0.3, Gi0/1, label 20 exp'
                                            cisco-nxos | 192.168.1.32/27, ubest/mbest: 1/0 | '    *via 10.0.0.3, Vlan10, [1/0], 00:12:07, static, segid: 50001 tunnel'
                                            cisco-xr   | S    192.168.1.32/27 [1/0] via 10.0.0.2, 00:12:07 | '           [1/0] via 10.0.0.3, 00:12:07 (>)'
                                            arista-eos | ' S        192.168.1.32/27 [1/0] via 10.0.0.2, Ethernet2' | '           via 10.0.0.3, Ethernet2 label 100'
                                            frr | S>* 192.168.1.32/27 [1/0] via 10.0.0.2, eth1, weight 1, 00:03:11 | '  *          via 10.0.0.3, eth1, label 20, weight 1, 00:03:11'
                                            vyos | S>* 192.168.1.32/27 [1/0] via 10.0.0.2, eth1, weight 1, 00:03:11 | '  *          via 10.0.0.3, eth1, seg6 ::1, weight 1, 00:03:11'
                                            juniper-junos | 192.168.1.32/27    *[Static/5] 00:12:07 | '                    >  to 10.0.0.3 via ge-0/0/1.0, Push 299776'
                                            """)
    void aNextHopThatIsNotUnderstoodMakesItsPrefixStrange(String dialect, String head, String next) {
        Table table = table(dialect, head + "\n" + next);
        assertThat(table.strange(P32)).contains(next.strip());
        assertThat(table.strange(P64)).isEmpty();
    }

    @Test
    void whatARecursiveNextHopIsResolvedToIsNotANextHopOfThePrefix() {
        for (String dialect : List.of("frr", "vyos")) {
            Table table = table(dialect, """
                                         S>* 192.168.1.32/27 [1/0] via 192.168.1.2, eth1, weight 1, 00:00:05
                                         S>  192.168.1.64/27 [1/0] via 10.9.0.1 (recursive), weight 1, 00:00:23
                                           *                         via 192.168.1.4, eth1, weight 1, 00:00:23
                                           *                       via 192.168.1.9, eth1, weight 1, 00:00:23
                                                                   via 10.9.0.7 (recursive), weight 1, 00:00:23
                                           *                         via 192.168.1.5, eth1, weight 1, 00:00:23
                                         """);
            assertThat(hops(table, P32)).as(dialect).isEqualTo("192.168.1.2");
            assertThat(hops(table, P64)).as(dialect).isEqualTo("10.9.0.1 192.168.1.9 10.9.0.7");
            assertThat(table.strange()).isEmpty();
        }
    }

    @Test
    void aLookupNamesTheRecursiveNextHopAndNotWhatItIsResolvedTo() {
        Map<Prefix, ShownRoute> ways = TableReader.lookup("""
                                                          Routing entry for 192.168.1.32/27
                                                            Known via "static", distance 20, metric 0, tag 7
                                                            Last update 00:00:00 ago
                                                              192.168.1.2, via eth1, weight 1

                                                          Routing entry for 192.168.1.32/27
                                                            Known via "static", distance 1, metric 0, best
                                                            Last update 00:00:00 ago
                                                              10.9.0.1 (recursive), weight 1
                                                            *   192.168.1.4, via eth1, weight 1
                                                            * 192.168.1.9, via eth1, weight 1
                                                          """.lines().toList(), dialect("frr").ipv4().orElseThrow());
        assertThat(hops(ways.get(P32))).isEqualTo("10.9.0.1 192.168.1.9");
    }

    @Test
    void aLookupMayNameTheVrfOfItsNextHop() {
        Map<Prefix, ShownRoute> ways = TableReader.lookup("""
                                                          Routing entry for 2001:DB8:33::/64
                                                            Known via "static", distance 1, metric 0
                                                            Route count is 1/1, share count 0
                                                            Routing paths:
                                                              2001:DB8:1::2%default
                                                                Last updated 00:00:12 ago
                                                          """.lines().toList(),
                dialect("cisco-ios").ipv6().orElseThrow());
        assertThat(hops(ways.get(Prefix.parse("2001:db8:33::/64")))).isEqualTo("2001:db8:1::2");
    }

    @Test
    void aRouteOfWhichNoWayIsInUseIsToldAsSuch() {
        Table table = table("cisco-nxos", """
                                          192.168.1.32/27, ubest/mbest: 1/0
                                               via Null0, [254/0], 1y16w, static
                                          192.168.1.64/27, ubest/mbest: 1/0
                                               via 10.0.0.9, Vlan10, [200/0], 00:00:01, static
                                              *via 10.0.0.2, Vlan10, [1/0], 00:12:07, static
                                          """);
        assertThat(table.strange(P32)).contains("192.168.1.32/27, ubest/mbest: 1/0");
        assertThat(hops(table, P64)).isEqualTo("10.0.0.2");
        assertThat(table.strange(P64)).isEmpty();
    }

    @Test
    void routerOs6NamesSeveralGatewaysInOneWord() {
        Table table = table("mikrotik", " 6 A S  dst-address=192.168.1.32/27 gateway=10.0.0.2,10.0.0.3 gateway-status="
                + "10.0.0.2 reachable via ether2,10.0.0.3 reachable via ether2 distance=1 scope=30 target-scope=10");
        assertThat(hops(table, P32)).isEqualTo("10.0.0.2 10.0.0.3");
    }

    // ---- configurations ------------------------------------------------------------------------------------------

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
                                            cisco-ios  | ip route 192.168.1.32 255.255.255.224 192.168.1.2 multicast
                                            cisco-ios  | ip route 192.168.1.32 255.255.255.224 192.168.1.2 global
                                            cisco-ios  | ip route 192.168.1.32 255.255.255.224 dhcp 250
                                            cisco-ios  | ip route 192.168.1.32 255.255.255.224 192.168.1.2 segment-routing
                                            cisco-ios  | ip route 192.168.1.32 255.255.255.224 192.168.1.2 10 20
                                            cisco-ios  | ip route 192.168.1.32 255.255.255.224 192.168.1.2 300
                                            cisco-ios  | ip route 192.168.1.32 255.255.255.224 192.168.1.2 192.168.1.3
                                            cisco-ios  | ip route 192.168.1.32 255.255.255.224 192.168.1.2 name
                                            cisco-ios  | ip route 192.168.1.32 255.255.255.224 192.168.1.2 name a Vlan10
                                            cisco-ios  | ip route topology video 192.168.1.32 255.255.255.224 192.168.1.2
                                            arista-eos | ip route 192.168.1.32/27 192.168.1.2 forward-always
                                            arista-eos | ip route 192.168.1.32/27 egress-vrf BLUE 192.168.1.2
                                            cisco-nxos | ip route 192.168.1.32/27 192.168.1.2 vrf RED
                                            cisco-nxos | ip route 192.168.1.32/27 192.168.1.2 name a 10 20
                                            cisco-xr   | router static address-family ipv4 unicast 192.168.1.32/27 vrf RED 192.168.1.2
                                            cisco-xr   | router static address-family ipv4 unicast 192.168.1.32/27 192.168.1.2 bfd slow-detect
                                            cisco-xr   | router static address-family ipv4 unicast 192.168.1.32/27 192.168.1.2 label 100
                                            frr        | ip route 192.168.1.32/27 192.168.1.2 table 100
                                            frr        | ip route 192.168.1.32/27 192.168.1.2 nexthop-vrf RED
                                            frr        | ip route 192.168.1.32/27 192.168.1.2 vrf RED
                                            frr        | ip route 192.168.1.32/27 192.168.1.2 onlink
                                            frr        | ip route 192.168.1.32/27 192.168.1.2 color 5
                                            frr        | ip route 192.168.1.32/27 192.168.1.2 segments 2001:db8::1
                                            vyos       | set protocols static route 192.168.1.32/27 next-hop 192.168.1.2 disable
                                            vyos       | set protocols static route 192.168.1.32/27 next-hop 192.168.1.2 segments '2001:db8::1'
                                            juniper-junos | set routing-options static route 192.168.1.32/27 next-hop 192.168.1.2 resolve-all
                                            juniper-junos | set routing-options static route 192.168.1.32/27 next-table RED.inet.0
                                            juniper-junos | set routing-options static route 192.168.1.32/27 lsp-next-hop core
                                            mikrotik   | /ip route add distance=1 dst-address=192.168.1.32/27 gateway=192.168.1.2,192.168.1.3
                                            mikrotik   | /ip route add distance=1 dst-address=192.168.1.32/27 gateway=192.168.1.2@main
                                            mikrotik   | /ip route add distance=1 dst-address=192.168.1.32/27 gateway=192.168.1.2 type=prohibit
                                            mikrotik   | /ip route add blackhole distance=1 dst-address=192.168.1.32/27
                                            """)
    void aLineWithAWordThatIsNotKnownIsNotRead(String dialect, String line) {
        Config config = config(dialect, line);
        assertThat(config.of(P32)).isEmpty();
        assertThat(config.strange(P32)).contains(line);
        assertThat(config.strange(P64)).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
                                            frr | ip route 192.168.1.32/27 192.168.1.2 bfd multi-hop source 192.168.1.1 profile fast | - 1 -
                                            frr | ip route 192.168.1.32/27 192.168.1.2 bfd | - 1 -
                                            frr | ip route 192.168.1.32/27 192.168.1.2 br-lan tag 7 20 | br-lan 20 7
                                            cisco-nxos | ip route 192.168.1.32/27 Vlan10 192.168.1.2 track 1 name web tag 7 150 | Vlan10 150 7
                                            cisco-xr | router static address-family ipv4 unicast 192.168.1.32/27 192.168.1.2 bfd fast-detect minimum-interval 50 multiplier 3 | - 1 -
                                            cisco-xr | router static address-family ipv4 unicast 192.168.1.32/27 192.168.1.2 20 description web farm rack 7 was 10.9.9.9 | - 20 -
                                            cisco-ios | ip route 192.168.1.32 255.255.255.224 192.168.1.2 name "web farm 7" | - 1 -
                                            cisco-ios | ip route 192.168.1.32 255.255.255.224 GigabitEthernet102/1/0/37 192.168.1.2 10 name partner | GigabitEthernet102/1/0/37 10 -
                                            mikrotik | /ip route add comment="web farm, rack 7" distance=5 dst-address=192.168.1.32/27 gateway=192.168.1.2%ether2 | ether2 5 -
                                            """)
    void wordsThatAreKnownAreReadAsWhatTheyAre(String dialect, String line, String is) {
        Config config = config(dialect, line);
        assertThat(config.strange()).isEmpty();
        ConfiguredRoute route = config.of(P32).getFirst();
        assertThat(route.hop()).contains(Address.parse("192.168.1.2"));
        assertThat((route.interfaceName().isEmpty() ? "-" : route.interfaceName()) + " " + route.distance() + " "
                + (route.tag().isEmpty() ? "-" : route.tag())).isEqualTo(is);
        assertThat(route.text()).isEqualTo(line);
    }

    @Test
    void aLineOfAnotherVrfIsNotOursWhateverItsWords() {
        Config config = config("cisco-ios",
                "ip route vrf GS 192.168.1.32 255.255.255.224 GigabitEthernet1 172.31.32.1 global",
                "no ip route-cache");
        assertThat(config.of(P32)).isEmpty();
        assertThat(config.strange()).isEmpty();
    }

    @Test
    void twoLinesOfOneNextHopAreTwoRoutes() {
        assertThat(config("cisco-ios", "ip route 192.168.1.32 255.255.255.224 GigabitEthernet0/1 192.168.1.2",
                "ip route 192.168.1.32 255.255.255.224 GigabitEthernet0/2 192.168.1.2").of(P32)).hasSize(2);
        assertThat(config("juniper-junos",
                "set routing-options static route 192.168.1.32/27 qualified-next-hop 192.168.1.2 preference 7",
                "set routing-options static route 192.168.1.32/27 qualified-next-hop 192.168.1.2 tag 3",
                "set routing-options static route 192.168.1.32/27 next-hop 192.168.1.2").of(P32)).hasSize(2);
    }
}
