package net.reroute.redirect.route.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.reroute.core.Dialect.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is typed where a route has all that a route can have. */
class DialectLinesTest {

    private static final Map<String, String> WHOLE = Map.of("vrf", "RED", "prefix", "192.168.1.32/27", "network",
            "192.168.1.32", "mask", "255.255.255.224", "hop", "192.168.1.3", "distance", "200", "tag", "7",
            "interface", "eth1", "address", "192.168.1.33");
    private static final Map<String, String> V6 = Map.of("prefix", "2001:db8:33::/64", "network", "2001:db8:33::",
            "hop",
            "2001:db8:1::3", "address", "2001:db8:33::1");

    @TempDir
    Path folder;

    private List<String> lines(String dialect, Map<String, String> values) {
        boolean v6 = values.get("hop").contains(":");
        Family family = new CliHome(folder).dialect(dialect).family(v6).orElseThrow();
        return List.of(family.add().fill(values), family.remove().fill(values), family.lookup().fill(values));
    }

    @Test
    void aRouteInAVrfWithDistanceAndTag() {
        assertThat(lines("cisco-ios", WHOLE)).containsExactly(
                "ip route vrf RED 192.168.1.32 255.255.255.224 192.168.1.3 200 tag 7 name reroute",
                "no ip route vrf RED 192.168.1.32 255.255.255.224 eth1 192.168.1.3",
                "show ip route vrf RED 192.168.1.33");
        assertThat(lines("arista-eos", WHOLE)).containsExactly(
                "ip route vrf RED 192.168.1.32/27 192.168.1.3 200 tag 7 name reroute",
                "no ip route vrf RED 192.168.1.32/27 eth1 192.168.1.3 200", "show ip route vrf RED 192.168.1.33");
        String xr = "router static vrf RED address-family ipv4 unicast 192.168.1.32/27 ";
        assertThat(lines("cisco-xr", WHOLE)).containsExactly(xr + "192.168.1.3 200 tag 7 description reroute",
                "no " + xr + "eth1 192.168.1.3", "show route vrf RED ipv4 192.168.1.33");
        String vyos = " vrf name RED protocols static route 192.168.1.32/27 next-hop 192.168.1.3";
        assertThat(lines("vyos", WHOLE)).containsExactly("set" + vyos + " distance 200", "delete" + vyos,
                "show ip route vrf RED 192.168.1.33");
        String junos = " routing-instances RED routing-options static route 192.168.1.32/27 next-hop 192.168.1.3";
        assertThat(lines("juniper-junos", WHOLE)).containsExactly("set" + junos, "delete" + junos,
                "show route table RED.inet.0 192.168.1.33");
    }

    @Test
    void whereVrfsAreNotWrittenInOneLineTheyAreLeftOut() {
        assertThat(lines("cisco-nxos", WHOLE)).containsExactly(
                "ip route 192.168.1.32/27 192.168.1.3 name reroute tag 7 200",
                "no ip route 192.168.1.32/27 eth1 192.168.1.3 tag 7 200", "show ip route 192.168.1.33");
        assertThat(lines("frr", WHOLE)).containsExactly("ip route 192.168.1.32/27 192.168.1.3 200 tag 7",
                "no ip route 192.168.1.32/27 192.168.1.3 eth1 200 tag 7", "show ip route 192.168.1.33");
        assertThat(lines("mikrotik", WHOLE)).containsExactly(
                "/ip route add dst-address=192.168.1.32/27 gateway=192.168.1.3 distance=200 comment=reroute",
                "/ip route remove [find dst-address=192.168.1.32/27 gateway=192.168.1.3%eth1 distance=200]",
                "/ip route print terse without-paging where 192.168.1.33 in dst-address and active");
    }

    @Test
    void aJunosRouteOfIpv6StandsInTheTableOfItsInstance() {
        Map<String, String> red = new HashMap<>(V6);
        red.put("vrf", "RED");
        assertThat(lines("juniper-junos", V6).getFirst()).isEqualTo("set routing-options rib inet6.0 static route"
                + " 2001:db8:33::/64 next-hop 2001:db8:1::3");
        assertThat(lines("juniper-junos", red).getFirst()).isEqualTo("set routing-instances RED routing-options rib"
                + " RED.inet6.0 static route 2001:db8:33::/64 next-hop 2001:db8:1::3");
    }
}
