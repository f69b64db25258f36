package net.reroute.redirect.route.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Given;
import net.reroute.core.Prefix;
import net.reroute.redirect.route.router.Change;
import net.reroute.redirect.route.router.Route;
import org.junit.jupiter.api.Test;

/** What {@code ip -o} of iproute2 6.1, of older ones and of busybox 1.35 printed. */
class IpTextTest {

    private static final IpProgram FULL = new IpProgram(false, true, true, false, Optional.empty());
    private static final IpProgram SMALL = new IpProgram(true, false, false, false, Optional.empty());

    private static Route route(String line) {
        return IpText.read(line, line.contains("::")).orElseThrow().route(FULL);
    }

    private static List<Address> addresses(String... texts) {
        return List.of(texts).stream().map(Address::parse).toList();
    }

    private static String moved(String line, String to) {
        Route before = route(line);
        var service = new Given().service("s", before.prefix().toString(), Given.rules(), "host1").inventory()
                .services().get("s");
        return IpRoute.line(new Change(service, Optional.of(before), addresses(to), Optional.empty(),
                new Change.Options(true, Map.of(), "")), Optional.empty());
    }

    @Test
    void aPlainRouteIsReadWithOrWithoutDetails() {
        String detailed = "unicast 192.168.1.32/27 via 192.168.1.2 dev v0 table main proto boot scope global ";
        assertThat(route(detailed).hops()).isEqualTo(addresses("192.168.1.2"));
        assertThat(route(detailed).exact()).isEqualTo("192.168.1.32/27 via 192.168.1.2 dev v0 proto boot");
        assertThat(route(detailed).owner()).isEmpty();
        assertThat(route("192.168.1.32/27 via 192.168.1.2 dev v0  proto static  src 192.168.1.1  metric 50 ").exact())
                .isEqualTo("192.168.1.32/27 via 192.168.1.2 dev v0 proto static metric 50 src 192.168.1.1");
    }

    @Test
    void ourOwnMarkIsKnownFromOthers() {
        assertThat(route("192.168.1.32/27 via 192.168.1.2 dev v0 proto 201 ").marked()).isTrue();
        assertThat(route("192.168.1.32/27 via 192.168.1.2 dev v0 proto static ").marked()).isFalse();
        assertThat(route("192.168.1.32/27 via 192.168.1.2 dev v0 proto 201 unheard of ").marked()).isFalse();
    }

    @Test
    void numbersForTcpAreKeptWithTheirLocks() {
        String line = "unicast 192.168.1.32/27 via 192.168.1.2 dev v0 proto boot scope global metric 5 onlink mtu lock"
                + " 1400 advmss 1360 initcwnd 20 ";
        assertThat(route(line).exact()).isEqualTo("192.168.1.32/27 via 192.168.1.2 dev v0 onlink proto boot metric 5"
                + " mtu lock 1400 advmss 1360 initcwnd 20");
        assertThat(moved(line, "192.168.1.3")).isEqualTo("route replace 192.168.1.32/27 metric 5 mtu lock 1400 advmss"
                + " 1360 initcwnd 20 proto 201 via 192.168.1.3 dev v0 onlink");
    }

    @Test
    void severalNextHopsStandBehindBackslashes() {
        Route route = route("unicast 192.168.1.32/27 proto static scope global \\\tnexthop via 192.168.1.3 dev v0"
                + " weight 1 \\\tnexthop via 192.168.1.2 dev v1 weight 2 dead linkdown ");
        assertThat(route.hops()).isEqualTo(addresses("192.168.1.2", "192.168.1.3"));
        assertThat(route.exact()).isEqualTo("192.168.1.32/27 proto static nexthop via 192.168.1.3 dev v0"
                + " weight 1 nexthop via 192.168.1.2 dev v1 weight 2");
        assertThat(route.owner()).isEmpty();
    }

    @Test
    void whatAChangeOfAllNextHopsWouldLoseIsLeft() {
        String first = "unicast 192.168.1.32/27 proto static scope global \\\tnexthop via 192.168.1.3 dev v0 weight 1 ";
        assertThat(route(first + "\\\tnexthop dev v1 weight 1 ").owner()).hasValueSatisfying(
                o -> assertThat(o).contains("nexthop without via"));
        assertThat(route(first + "onlink \\\tnexthop via 192.168.1.2 dev v1 weight 1 onlink ").owner())
                .hasValueSatisfying(o -> assertThat(o).contains("onlink over several interfaces"));
        assertThat(moved(first + "onlink \\\tnexthop via 192.168.1.2 dev v0 weight 1 onlink ", "192.168.1.9"))
                .isEqualTo("route replace 192.168.1.32/27 proto 201 via 192.168.1.9 dev v0 onlink");
    }

    @Test
    void anInterfaceMayHaveTheNameOfAWord() {
        assertThat(moved("unicast 192.168.1.32/27 via 192.168.1.2 dev lock proto static scope global metric 5 ",
                "192.168.1.3")).isEqualTo("route replace 192.168.1.32/27 metric 5 proto 201 via 192.168.1.3");
    }

    @Test
    void ipv6KeepsMetricAndPreference() {
        Route route = route("unicast 2001:db8:33::/64 via 2001:db8:1::2 dev v0 proto boot scope global metric 1024"
                + " hoplimit 4294967295 pref high");
        assertThat(route.exact())
                .isEqualTo("2001:db8:33::/64 via 2001:db8:1::2 dev v0 proto boot metric 1024 pref high");
    }

    @Test
    void whatCouldNotBePutBackIsLeftWithItsLine() {
        for (String words : List.of("via inet6 2001:db8::1 dev v0", "via 192.168.1.2 dev v0 realms 3/4",
                "via 192.168.1.2 dev v0 congctl bbr", "via 192.168.1.2 dev v0 rto_min lock 5ms",
                "via 192.168.1.2 dev v0 features ecn", "via 192.168.1.2 dev v0 expires 500sec",
                "\\\tnexthop via 192.168.1.2 dev v0 weight 1 \\\tnexthop via inet6 2001:db8::1 dev v0 weight 1",
                "via 192.168.1.2 dev v0 pervasive")) {
            Route route = route("unicast 192.168.1.32/27 " + words);
            assertThat(route.owner()).as(words).isPresent();
            assertThat(route.owner().get()).startsWith("has attributes that could not be put back exactly (")
                    .contains("192.168.1.32/27");
        }
    }

    @Test
    void aLineWithAWordNobodyKnowsIsNotUnderstoodAtAll() {
        for (String words : List.of("encap mpls 100/200 via 192.168.1.2 dev v0", "via 192.168.1.2 dev v0 bandwidth 9",
                "via 192.168.1.2 dev v0 metric 13 5", "via 192.168.1.2 dev v0 mtu", "via fast dev v0",
                "via 192.168.1.2 dev v0 \\    later words", "via 192.168.1.2 via 192.168.1.3 dev v0",
                "\\\tnexthop via 192.168.1.2 dev v0 weight 1 bfd on")) {
            Route route = route("unicast 192.168.1.32/27 " + words);
            assertThat(route.owner()).as(words).isPresent();
            assertThat(route.owner().get()).startsWith("has a line that is not understood at '");
            assertThat(route.hops()).as(words).isEmpty();
        }
    }

    @Test
    void routesOfDaemonsAreTheirs() {
        assertThat(route("unicast 192.168.1.32/27 nhid 10 via 192.168.1.2 dev v0 proto zebra scope global metric 20"
                + " \\\tnh_info id 10 via 192.168.1.2 dev v0 scope link proto zebra ").owner().get())
                .contains("nexthop object 10").contains("use dialect frr");
        assertThat(route("unicast 192.168.1.32/27 via 192.168.1.2 dev v0 proto bird scope global").owner().get())
                .contains("proto bird");
        assertThat(route("unicast 192.168.1.0/27 dev v0 proto kernel scope link src 192.168.1.1").owner()).isPresent();
    }

    @Test
    void routesForSomePacketsOnlyAreOthers() {
        assertThat(IpText.read("unicast 192.168.1.32/27 tos 0x10 via 192.168.1.2 dev v0", false).get().isSelective())
                .isTrue();
        assertThat(IpText.read("2001:db8::/48 from 2001:db8:9::/48 via 2001:db8:1::3 dev v0", true).get()
                .isSelective()).isTrue();
    }

    @Test
    void busyboxTellsNoOwner() {
        String line = "192.168.1.32/27 via 192.168.1.2 dev v0  metric 5 ";
        assertThat(IpText.read(line, false).get().route(SMALL).owner()).isEmpty();
        assertThat(IpText.read(line, false).get().exact())
                .isEqualTo("192.168.1.32/27 via 192.168.1.2 dev v0 metric 5");
        assertThat(IpText.read(line, false).get().route(SMALL.beside(Optional.of("bird"))).owner().get())
                .isEqualTo("may be owned by bird, which runs there, and busybox's ip does not tell: install iproute2"
                        + " 4.14 or newer (OpenWrt: opkg install ip-full); see docs/linux.md");
        assertThat(SMALL.refusesHops(2)).isPresent();
        assertThat(SMALL.refusesHops(1)).isEmpty();
    }

    @Test
    void hostRoutesAndTheDefaultRouteHaveNoLength() {
        assertThat(IpText.read("unicast 192.168.1.20 via 192.168.1.2 dev v0", false).get().prefix())
                .isEqualTo(Prefix.parse("192.168.1.20"));
        assertThat(IpText.read("default via 192.168.1.2 dev v0", false).get().prefix())
                .isEqualTo(Prefix.parse("0.0.0.0/0"));
        assertThat(IpText.read("blackhole default dev lo metric 1024", true).get().prefix())
                .isEqualTo(Prefix.parse("::/0"));
        assertThat(IpText.read("Dump was interrupted and may be inconsistent.", false)).isEmpty();
    }

    @Test
    void anAnswerToALookupNamesTheNextHop() {
        assertThat(
                IpText.read("unicast 192.168.1.33 via 192.168.1.2 dev v0 table main src 192.168.1.1 uid 0 \\    cache ",
                        false).get().gateway())
                .contains(Address.parse("192.168.1.2"));
        assertThat(IpText.read("unicast 2001:db8:33::1 from :: via 2001:db8:1::3 dev v0 table main proto boot src"
                + " 2001:db8:1::1 metric 1024 pref medium", true).get().gateway())
                .contains(Address.parse("2001:db8:1::3"));
        assertThat(IpText.read("local 192.168.1.1 dev lo table local src 192.168.1.1 uid 0 \\    cache <local> ", false)
                .get().gateway()).isEmpty();
    }
}
