package net.reroute.redirect.route.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.redirect.route.linux.IpSpace.Kind;
import net.reroute.redirect.route.router.Route;
import net.reroute.redirect.route.router.RouterException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Routes of a real kernel, read by the {@code ip} of this machine, by one without JSON and by busybox's. */
class IpReaderIT {

    private static final Prefix WWW1 = Prefix.parse("192.168.1.32/27");
    private static final Prefix WWW2 = Prefix.parse("192.168.1.64/27");
    private static final Prefix SIX = Prefix.parse("2001:db8:33::/64");

    private static List<Address> addresses(String... texts) {
        return List.of(texts).stream().map(Address::parse).toList();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void plainRoutesAreReadByEveryIp(Kind kind) throws RouterException {
        try (IpSpace space = new IpSpace(kind)) {
            space.in("ip route add " + WWW1 + " via 192.168.1.2 metric 50; ip route add " + WWW1 + " via 192.168.1.3"
                    + " metric 60; ip -6 route add " + SIX + " via 2001:db8:1::2");
            Map<Prefix, Route> routes = space.reader(Optional.empty()).routes(List.of(WWW1, WWW2, SIX));
            assertThat(routes).containsOnlyKeys(WWW1, SIX);
            assertThat(routes.get(WWW1).hops()).isEqualTo(addresses("192.168.1.2"));
            assertThat(routes.get(WWW1).exact()).startsWith("192.168.1.32/27 via 192.168.1.2 dev v0")
                    .contains("metric 50");
            assertThat(routes.get(SIX).hops()).isEqualTo(addresses("2001:db8:1::2"));
            assertThat(routes.values()).allMatch(r -> r.owner().isEmpty());
        }
    }

    @Test
    void whichIpItIsIsFoundOut() {
        try (IpSpace full = new IpSpace(Kind.FULL);
                IpSpace old = new IpSpace(Kind.OLD);
                IpSpace small = new IpSpace(Kind.BUSYBOX)) {
            assertThat(full.program()).isEqualTo(new IpProgram(false, true, true, true, Optional.empty()));
            assertThat(old.program()).isEqualTo(new IpProgram(false, false, false, false, Optional.empty()));
            assertThat(small.program()).isEqualTo(new IpProgram(true, false, false, false, Optional.empty()));
        }
    }

    @Test
    void aLockThatOnlyTheTextShowsIsRefusedWhereTheTwoDiffer() throws RouterException {
        try (IpSpace full = new IpSpace(Kind.FULL); IpSpace old = new IpSpace(Kind.OLD)) {
            for (IpSpace space : List.of(full, old)) {
                space.in("ip route add " + WWW1 + " via 192.168.1.2 mtu lock 1400");
            }
            assertThat(full.reader(Optional.empty()).routes(List.of(WWW1)).get(WWW1).owner().get()).isEqualTo(
                    "is shown differently by ip (192.168.1.32/27 via 192.168.1.2 dev v0 proto boot mtu lock 1400) and by"
                            + " ip -j (192.168.1.32/27 via 192.168.1.2 dev v0 proto boot mtu 1400), so it could not be"
                            + " put back exactly");
            Route kept = old.reader(Optional.empty()).routes(List.of(WWW1)).get(WWW1);
            assertThat(kept.owner()).isEmpty();
            assertThat(kept.exact()).endsWith("mtu lock 1400");
        }
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = {"FULL", "OLD"})
    void aNextHopOfTheOtherFamilyIsRefusedAloneAndAmongSeveral(Kind kind) throws RouterException {
        try (IpSpace space = new IpSpace(kind)) {
            space.in("ip route add " + WWW1 + " via inet6 2001:db8:1::2 dev v0; ip route add " + WWW2
                    + " nexthop via 192.168.1.2 nexthop via inet6 2001:db8:1::2 dev v0");
            Map<Prefix, Route> routes = space.reader(Optional.empty()).routes(List.of(WWW1, WWW2));
            assertThat(routes).containsOnlyKeys(WWW1, WWW2);
            assertThat(routes.values()).allSatisfy(r -> assertThat(r.owner().get()).contains("via inet6"));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void routesThatNoLookupLeadsToAreSeen(Kind kind) throws RouterException {
        try (IpSpace space = new IpSpace(kind)) {
            List<Prefix> all = List.of(WWW1, WWW2, Prefix.parse("192.168.1.96/27"), Prefix.parse("192.168.1.128/27"),
                    Prefix.parse("192.168.2.1"), SIX);
            space.in("ip route add blackhole 192.168.1.32/27; ip route add throw 192.168.1.64/27; ip route add prohibit"
                    + " 192.168.1.96/27; ip route add 192.168.1.128/27 via 192.168.1.2; ip route add 192.168.1.129 via"
                    + " 192.168.1.3; ip addr add 192.168.2.1/32 dev lo; ip -6 route add unreachable " + SIX);
            Map<Prefix, Route> routes = space.reader(Optional.empty()).routes(all);
            assertThat(routes.get(WWW1).exact()).startsWith("blackhole 192.168.1.32/27");
            assertThat(routes.get(WWW2).exact()).startsWith("throw 192.168.1.64/27");
            assertThat(routes.get(all.get(2)).exact()).startsWith("prohibit 192.168.1.96/27");
            assertThat(routes.get(all.get(3)).hops()).isEqualTo(addresses("192.168.1.2"));
            assertThat(routes).doesNotContainKey(all.get(4));
            assertThat(routes.get(SIX).exact()).startsWith("unreachable " + SIX);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aTableOfItsOwnIsReadAlone(Kind kind) throws RouterException {
        try (IpSpace space = new IpSpace(kind)) {
            space.in("ip route add " + WWW1 + " via 192.168.1.2; ip route add " + WWW2 + " via 192.168.1.3 table 100");
            assertThat(space.reader(Optional.of("100")).routes(List.of(WWW1, WWW2))).containsOnlyKeys(WWW2);
            assertThat(space.reader(Optional.of("999")).routes(List.of(WWW1, WWW2))).isEmpty();
        }
    }

    @Test
    void aRoutingDaemonsRouteOfALowerMetricIsTheOneSeen() throws RouterException {
        try (IpSpace space = new IpSpace(Kind.FULL)) {
            space.in("ip route add " + WWW1 + " via 192.168.1.2 metric 50; ip route add " + WWW1
                    + " via 192.168.1.3 metric 20 proto 186");
            assertThat(space.reader(Optional.empty()).routes(List.of(WWW1)).get(WWW1).owner().get())
                    .contains("proto bgp");
        }
    }

    /** 8,000 foreign routes are 560 kB of text. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void otherPeoplesRoutesAreNotSent(Kind kind) throws RouterException {
        try (IpSpace space = new IpSpace(kind)) {
            foreign(space, 8_000);
            List<Prefix> services = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                services.add(Prefix.parse("10." + i / 256 + "." + i % 256 + ".0/24"));
            }
            space.batch(services.stream().map(p -> "route add " + p + " via 192.168.1.2").toList());
            IpReader reader = space.reader(Optional.empty());
            assertThat(reader.routes(services)).hasSize(600);
            assertThat(space.sizes).allMatch(s -> s < 600 * 400 + IpScript.most(services) * 100);
            space.in("ip route del 10.0.5.0/24; ip route add 10.0.6.1 via 192.168.1.3");
            space.sizes.clear();
            assertThat(reader.routes(services)).hasSize(599);
            assertThat(reader.routes(services.subList(0, 64))).hasSize(63);
            assertThat(space.sizes.stream().mapToInt(Integer::intValue).sum()).isLessThan(3 * 600 * 200);
        }
    }

    private static void foreign(IpSpace space, int count) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add("route add " + (20 + i / 65_536) + "." + i / 256 % 256 + "." + i % 256
                    + ".0/24 via 192.168.1.4 proto 186");
        }
        space.batch(lines);
    }
}
