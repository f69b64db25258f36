package net.reroute.redirect.route.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Given;
import net.reroute.core.Prefix;
import net.reroute.core.Service;
import net.reroute.redirect.route.router.Change;
import net.reroute.redirect.route.router.Route;
import net.reroute.redirect.route.router.RouterException;
import org.junit.jupiter.api.Test;

/** What iproute2 6.1 printed on a real machine, and what we type to change it. */
class IpRouteTest {

    private static final Change.Options OPTIONS = new Change.Options(true, Map.of(), "");
    private static final Prefix WWW1 = Prefix.parse("192.168.1.32/27");
    private static final String TWO_METRICS = """
                                              [{"type":"unicast","dst":"192.168.1.32/27","gateway":"192.168.1.3","dev":"v0","protocol":"boot",\
                                              "scope":"global","metric":60,"flags":[]},{"type":"unicast","dst":"192.168.1.32/27","gateway":"192.168.1.2",\
                                              "dev":"v0","protocol":"boot","scope":"global","prefsrc":"192.168.1.1","metric":50,"flags":[],\
                                              "metrics":[{"mtu":1400}]}]
                                              []
                                              """;
    private static final String ECMP = """
                                       [{"type":"unicast","dst":"192.168.1.32/27","protocol":"static","scope":"global","flags":[],"nexthops":[\
                                       {"gateway":"192.168.1.3","dev":"v0","weight":1,"flags":[]},\
                                       {"gateway":"192.168.1.2","dev":"v0","weight":1,"flags":[]}]}]
                                       """;

    private static Route route(String json, Prefix prefix) throws RouterException {
        return IpJson.routes(json, List.of(prefix)).get(prefix);
    }

    private static Route one(String fields) throws RouterException {
        return route("[{\"type\":\"unicast\",\"dst\":\"192.168.1.32/27\"," + fields + ",\"flags\":[]}]", WWW1);
    }

    private static Service service(String prefix) {
        return new Given().service("s", prefix, Given.rules(), "host1").inventory().services().get("s");
    }

    private static String line(Route before, String... hops) {
        List<Address> after = java.util.Arrays.stream(hops).map(Address::parse).toList();
        return IpRoute.line(
                new Change(service(WWW1.toString()), Optional.ofNullable(before), after, Optional.empty(), OPTIONS),
                Optional.empty());
    }

    @Test
    void ofSeveralMetricsTheLowestIsActedOnAndKept() throws RouterException {
        Route route = route(TWO_METRICS, WWW1);
        assertThat(route.hops()).containsExactly(Address.parse("192.168.1.2"));
        assertThat(line(route, "192.168.1.4")).isEqualTo(
                "route replace 192.168.1.32/27 metric 50 src 192.168.1.1 mtu 1400 proto 201 via 192.168.1.4");
    }

    @Test
    void theExactOldRouteIsPutBack() throws RouterException {
        Route old = route(TWO_METRICS, WWW1);
        Change back = new Change(service(WWW1.toString()), Optional.empty(), old.hops(), Optional.of(old), OPTIONS);
        assertThat(IpRoute.line(back, Optional.of("100"))).isEqualTo(
                "route replace 192.168.1.32/27 via 192.168.1.2 dev v0 proto boot metric 50 src 192.168.1.1 mtu 1400"
                        + " table 100");
    }

    @Test
    void aRouteThatWasNotThereIsTakenAwayAgain() {
        Change back = new Change(service(WWW1.toString()), Optional.empty(), List.of(), Optional.empty(), OPTIONS);
        assertThat(IpRoute.line(back, Optional.empty()))
                .isEqualTo("route del 192.168.1.32/27 proto 201");
    }

    @Test
    void aRouteIsMadeWithOurMark() {
        assertThat(line(null, "192.168.1.4")).isEqualTo("route replace 192.168.1.32/27 proto 201 via 192.168.1.4");
    }

    @Test
    void severalNextHopsAreReadSortedAndWritten() throws RouterException {
        Route route = route(ECMP, WWW1);
        assertThat(route.hops()).containsExactly(Address.parse("192.168.1.2"), Address.parse("192.168.1.3"));
        assertThat(line(route, "192.168.1.3", "192.168.1.4")).isEqualTo(
                "route replace 192.168.1.32/27 proto 201 nexthop via 192.168.1.3 nexthop via 192.168.1.4");
        assertThat(route.exact()).isEqualTo("192.168.1.32/27 proto static nexthop via 192.168.1.3 dev v0 weight 1"
                + " nexthop via 192.168.1.2 dev v0 weight 1");
        assertThat(line(route, "192.168.1.3")).isEqualTo("route replace 192.168.1.32/27 proto 201 via 192.168.1.3");
    }

    @Test
    void anOnlinkNextHopKeepsItsDevice() throws RouterException {
        Route route = route(
                "[{\"type\":\"unicast\",\"dst\":\"192.168.1.32/27\",\"gateway\":\"192.168.1.2\",\"dev\":\"v0\","
                        + "\"protocol\":\"static\",\"flags\":[\"onlink\"]}]",
                WWW1);
        assertThat(route.exact()).isEqualTo("192.168.1.32/27 via 192.168.1.2 dev v0 onlink proto static");
        assertThat(line(route, "192.168.1.4"))
                .isEqualTo("route replace 192.168.1.32/27 proto 201 via 192.168.1.4 dev v0 onlink");
    }

    @Test
    void routesOfRoutingDaemonsAreRefused() throws RouterException {
        assertThat(one("\"gateway\":\"192.168.1.2\",\"protocol\":\"bgp\"").owner().get())
                .isEqualTo(
                        "is owned by a program (proto bgp), which would write it back; where that is FRR, use dialect"
                                + " frr");
        assertThat(one("\"gateway\":\"192.168.1.2\",\"protocol\":\"196\"").owner()).isPresent();
        assertThat(one("\"nhid\":10,\"gateway\":\"192.168.1.2\",\"protocol\":\"static\"").owner().get())
                .contains("owned by FRR").contains("use dialect frr");
        assertThat(one("\"dev\":\"v0\",\"protocol\":\"kernel\"").owner().get()).contains("connected to itself");
    }

    @Test
    void adminsRoutesAndOursAreNotRefused() throws RouterException {
        for (String proto : List.of("boot", "static", "201")) {
            assertThat(one("\"gateway\":\"192.168.1.2\",\"protocol\":\"" + proto + "\"").owner()).isEmpty();
        }
    }

    @Test
    void aRouteWithAttributesThatCouldNotBePutBackIsRefused() throws RouterException {
        assertThat(one("\"gateway\":\"192.168.1.2\",\"protocol\":\"static\",\"encap\":\"mpls\"").owner().get())
                .isEqualTo("has attributes that could not be put back exactly (encap)");
        assertThat(one("\"gateway\":\"192.168.1.2\",\"protocol\":\"static\",\"metrics\":[{\"congestion\":\"bbr\"}]")
                .owner())
                .isPresent();
    }

    @Test
    void blackholesHaveNoNextHop() throws RouterException {
        Route route = route("[{\"type\":\"blackhole\",\"dst\":\"192.168.1.32/27\",\"protocol\":\"boot\",\"flags\":[]}]",
                WWW1);
        assertThat(route.hops()).isEmpty();
        assertThat(route.exact()).isEqualTo("blackhole 192.168.1.32/27 proto boot");
    }

    @Test
    void ipv6RoutesKeepTheirMetric() throws RouterException {
        Prefix prefix = Prefix.parse("2001:db8:33::/64");
        Route route = route(
                "[{\"type\":\"unicast\",\"dst\":\"2001:db8:33::/64\",\"gateway\":\"2001:db8:1::2\",\"dev\":\"v0\","
                        + "\"protocol\":\"boot\",\"scope\":\"global\",\"metric\":1024,\"flags\":[],\"pref\":\"medium\"}]",
                prefix);
        Change change = new Change(service("2001:db8:33::/64"), Optional.of(route),
                List.of(Address.parse("2001:db8:1::3")), Optional.empty(), OPTIONS);
        assertThat(IpRoute.line(change, Optional.empty()))
                .isEqualTo("route replace 2001:db8:33::/64 metric 1024 proto 201 via 2001:db8:1::3");
    }

    @Test
    void hostRoutesAndTheDefaultRouteAreUnderstood() throws RouterException {
        Prefix host = Prefix.parse("192.168.1.20");
        assertThat(route("[{\"dst\":\"192.168.1.20\",\"gateway\":\"192.168.1.2\"}]", host).hops()).hasSize(1);
        Prefix all = Prefix.parse("0.0.0.0/0");
        assertThat(route("[{\"dst\":\"default\",\"gateway\":\"192.168.1.2\"}]", all).hops()).hasSize(1);
        assertThat(route("[{\"dst\":\"default\",\"gateway\":\"2001:db8::1\",\"pref\":\"medium\"}]",
                Prefix.parse("::/0")).hops()).hasSize(1);
    }

    @Test
    void somethingElseThanJsonIsARefusal() {
        assertThatThrownBy(() -> IpJson.routes("Welcome to vtysh\n[", List.of(WWW1)))
                .isInstanceOf(RouterException.class)
                .hasMessage("it printed something else than routes: Welcome to vtysh");
    }

    @Test
    void anEncapsulationThatPrintsADestinationOfItsOwnIsPassedOver() throws RouterException {
        String ours = "{\"type\":\"unicast\",\"dst\":\"192.168.1.32/27\",\"gateway\":\"192.168.1.2\",\"dev\":\"v0\","
                + "\"protocol\":\"static\",\"scope\":\"global\",\"flags\":[]}";
        String mpls = "{\"type\":\"unicast\",\"dst\":\"10.8.0.0/16\",\"encap\":\"mpls\",\"dst\":\"100\",\"gateway\":\"x\"}";
        assertThat(IpJson.routes("[" + ours + "," + mpls + "]", List.of(WWW1)).get(WWW1).hops())
                .extracting(Object::toString).containsExactly("192.168.1.2");
    }

    @Test
    void aWayWithoutANextHopBesideOthersIsLeft() throws RouterException {
        String json = "[{\"type\":\"unicast\",\"dst\":\"192.168.1.32/27\",\"protocol\":\"static\",\"scope\":\"global\",\"flags\":[],"
                + "\"nexthops\":[{\"gateway\":\"192.168.1.2\",\"dev\":\"v0\",\"weight\":1,\"flags\":[]},"
                + "{\"dev\":\"v1\",\"weight\":1,\"flags\":[]}]}]";
        assertThat(IpJson.routes(json, List.of(WWW1)).get(WWW1).owner()).hasValueSatisfying(
                o -> assertThat(o).contains("nexthop without via"));
    }
}
