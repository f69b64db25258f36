package net.reroute.redirect.route.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Dialect;
import net.reroute.core.Prefix;
import net.reroute.redirect.route.cli.ConfigReader.Config;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of a configuration that name more than a next hop. */
class ConfigReaderTest {

    private static final Prefix P32 = Prefix.parse("192.168.1.32/27");

    @TempDir
    Path folder;

    private CliHome home;

    @BeforeEach
    void start() {
        home = new CliHome(folder);
    }

    private Config config(String dialect, Optional<String> vrf, String... lines) {
        Dialect d = home.dialect(dialect);
        return new ConfigReader(d.ipv4().orElseThrow(), d.writing().words(), vrf, java.util.Set.of())
                .read(List.of(lines));
    }

    /** For each next hop of 192.168.1.32/27: HOP INTERFACE DISTANCE TAG. */
    private List<String> routes(String dialect, String... lines) {
        return routes(config(dialect, Optional.empty(), lines));
    }

    private static List<String> routes(Config config) {
        List<String> all = new ArrayList<>();
        config.of(P32).forEach(r -> all.add((r.hop().map(h -> h + " ").orElse("- ") + r.interfaceName() + " "
                + r.distance() + " " + r.tag()).strip().replaceAll(" +", " ")));
        return all;
    }

    @Test
    void iosWordsComeInAnyOrder() {
        String p = "192.168.1.32 255.255.255.224 ";
        assertThat(routes("cisco-ios", "ip route " + p + "192.168.1.2",
                "ip route " + p + "GigabitEthernet0/1 192.168.1.3 200 tag 7 name office track 1",
                "ip route " + p + "192.168.1.4 250 name 10 permanent", "ip route " + p + "Null0 254",
                "ip route vrf RED " + p + "192.168.1.5")).containsExactly("192.168.1.2 1",
                        "192.168.1.3 GigabitEthernet0/1 200 7", "192.168.1.4 250", "- Null0 254");
        Config red = config("cisco-ios", Optional.of("RED"), "ip route vrf RED " + p + "192.168.1.5",
                "ip route " + p + "192.168.1.2", "ip route static bfd GigabitEthernet0/1 192.168.1.2");
        assertThat(routes(red)).containsExactly("192.168.1.5 1");
        assertThat(red.strange()).isEmpty();
    }

    @Test
    void nxosLinesIntoAnotherVrfAreNotUnderstood() {
        Config config = config("cisco-nxos", Optional.empty(),
                "ip route 192.168.1.32/27 Vlan10 192.168.1.2 name a tag 7 20",
                "ip route 192.168.1.32/27 192.168.1.3 vrf RED");
        assertThat(routes(config)).containsExactly("192.168.1.2 Vlan10 20 7");
        assertThat(config.strange(P32)).isPresent();
    }

    @Test
    void xrLinesNameTheirVrf() {
        String top = "router static address-family ipv4 unicast ";
        Config config = config("cisco-xr", Optional.empty(), "router static", top.strip(),
                top + "192.168.1.32/27 GigabitEthernet0/0/0/1 192.168.1.2 200 tag 7 description reroute",
                top + "192.168.1.32/27 192.168.1.3", top + "192.168.1.64/27 vrf RED 192.168.1.4",
                "router static vrf RED address-family ipv4 unicast 192.168.1.32/27 192.168.1.5",
                "router static address-family ipv6 unicast 2001:db8:33::/64 2001:db8:1::2");
        assertThat(routes(config)).containsExactly("192.168.1.2 GigabitEthernet0/0/0/1 200 7", "192.168.1.3 1");
        assertThat(config.strange()).containsExactly(top + "192.168.1.64/27 vrf RED 192.168.1.4");
    }

    @Test
    void eosLinesNameTheirVrf() {
        Config config = config("arista-eos", Optional.of("RED"), "ip route 192.168.1.32/27 192.168.1.2",
                "ip route vrf RED 192.168.1.32/27 Ethernet2 192.168.1.3 10 tag 7 name reroute",
                "ip route vrf RED 192.168.1.64/27 egress-vrf BLUE 192.168.1.4");
        assertThat(routes(config)).containsExactly("192.168.1.3 Ethernet2 10 7");
        assertThat(config.strange(Prefix.parse("192.168.1.64/27"))).isPresent();
    }

    @Test
    void frrLinesMayNameAnInterface() {
        assertThat(routes("frr", "ip route 192.168.1.32/27 192.168.1.2 eth1 tag 7 20",
                "ip route 192.168.1.32/27 blackhole 254"))
                .containsExactly("192.168.1.2 eth1 20 7", "- blackhole 254");
    }

    @Test
    void vyosSpreadsARouteOverLines() {
        String p = "set protocols static route 192.168.1.32/27 ";
        Config config = config("vyos", Optional.empty(), p.strip(), p + "description 'www'", p + "next-hop 192.168.1.2",
                p + "next-hop 192.168.1.3 distance '200'", p + "next-hop 192.168.1.3 interface 'eth1'", p + "blackhole",
                "set protocols static route 192.168.1.64/27 next-hop 192.168.1.4 disable");
        assertThat(routes(config)).containsExactly("192.168.1.2 1", "192.168.1.3 200", "- 1");
        assertThat(config.of(P32).get(1).lines()).hasSize(2);
        assertThat(config.strange()).hasSize(1);
    }

    @Test
    void junosKeepsWhatBelongsToTheRouteApart() {
        String p = "set routing-options static route 192.168.1.32/27 ";
        Config config = config("juniper-junos", Optional.empty(), p + "next-hop 192.168.1.2", p + "preference 10",
                p + "no-readvertise", p + "qualified-next-hop 192.168.1.3 preference 200",
                "set routing-options static route 192.168.1.96/27 discard");
        assertThat(routes(config)).containsExactly("192.168.1.2 1", "192.168.1.3 200");
        assertThat(config.strange()).containsExactly("set routing-options static route 192.168.1.96/27 discard");
        assertThat(routes(config("juniper-junos", Optional.of("RED"),
                "set routing-instances RED routing-options static route 192.168.1.32/27 next-hop 192.168.1.5")))
                .containsExactly("192.168.1.5 1");
    }

    @Test
    void routerOsLinesOfOtherTablesAndDisabledOnesAreNotUnderstood() {
        String more = " scope=30 target-scope=10";
        Config config = config("mikrotik", Optional.empty(), "# 2026-11-20 10:15:00 by RouterOS 7.16.2",
                "/ip route add comment=reroute disabled=no distance=200 dst-address=192.168.1.32/27 gateway=192.168.1.2"
                        + " routing-table=main" + more,
                "/ip route add dst-address=192.168.1.32/27 gateway=192.168.1.3%ether2",
                "/ip route add disabled=yes distance=1 dst-address=192.168.1.64/27 gateway=192.168.1.2",
                "/ip route add distance=1 dst-address=192.168.1.96/27 gateway=192.168.1.2 routing-mark=office",
                "/ip route add distance=1 dst-address=192.168.1.96/27 gateway=192.168.1.2,192.168.1.3",
                "/ip route add distance=1 dst-address=192.168.1.96/27 gateway=192.168.1.4 routing-table=office" + more);
        assertThat(routes(config)).containsExactly("192.168.1.2 200", "192.168.1.3 ether2 1");
        assertThat(config.strange()).hasSize(4);
    }
}
