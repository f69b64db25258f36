package net.reroute.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Comparison.Found;
import net.reroute.core.Comparison.Left;
import net.reroute.core.Comparison.Memory;
import net.reroute.core.Comparison.Needed;
import net.reroute.core.Comparison.Same;
import net.reroute.core.Placement.Origin;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final Address HOST1 = Address.parse("192.168.1.2");
    private static final Address HOST3 = Address.parse("192.168.1.4");
    private static final Address STRANGER = Address.parse("192.168.1.29");
    private static final Memory AT_HOME = new Memory(List.of(HOST1), Set.of(HOST1), Map.of(), List.of());

    private static Optional<Route> via(Address... hops) {
        return Optional.of(new Route(Prefix.parse("192.168.1.32/27"), List.of(hops), "exact", Optional.empty()));
    }

    private static Comparison compare(Given given, Optional<Route> route, Memory memory) {
        return Comparison.of(given.decision(), route, memory, given.situation(), false);
    }

    private static String why(Comparison comparison) {
        assertThat(comparison).isInstanceOf(Left.class);
        return ((Left) comparison).why();
    }

    @Test
    void nothingIsNeededWhereTheRouterAgrees() {
        assertThat(compare(Given.one(), via(HOST1), AT_HOME)).isInstanceOf(Same.class);
    }

    @Test
    void aMoveNeedsAChangeThatKnowsWhatWasBefore() {
        Needed needed = (Needed) compare(Given.one().down("host1"), via(HOST1), AT_HOME);
        assertThat(needed.change().before()).isEqualTo(via(HOST1));
        assertThat(needed.change().after()).containsExactly(Address.parse("192.168.1.3"));
    }

    @Test
    void aHandEditToAnotherOfItsServersIsKept() {
        assertThat(compare(Given.one(), via(HOST3), AT_HOME)).isInstanceOf(Found.class);
    }

    @Test
    void aHandEditToADeadServerIsNotKept() {
        assertThat(compare(Given.one().down("host3"), via(HOST3), AT_HOME)).isInstanceOf(Needed.class);
    }

    @Test
    void aRouterThatIsBehindIsAligned() {
        Given moved = Given.one().at("www-1", Origin.MOVED, "host3").down("host1");
        assertThat(compare(moved, via(HOST1), AT_HOME)).isInstanceOf(Needed.class);
    }

    @Test
    void aStrangersNextHopIsReportedAndLeft() {
        assertThat(why(compare(Given.one().down("host1"), via(STRANGER), AT_HOME))).isEqualTo(
                "has a next hop that is none of its servers (192.168.1.29) for 192.168.1.32/27: somebody else's doing,"
                        + " left alone; 'reroute www-1 to SERVER --force' takes it over");
    }

    @Test
    void aStrangersNextHopIsTakenOverByForce() {
        Given forced = Given.one().pinned("www-1", "host3", false).forced("www-1");
        assertThat(compare(forced, via(STRANGER), AT_HOME)).isInstanceOf(Needed.class);
        Given asked = Given.one().pinned("www-1", "host3", false).asked("www-1");
        assertThat(compare(asked, via(STRANGER), AT_HOME)).isInstanceOf(Left.class);
    }

    @Test
    void aNextHopThatStoodInThePreviousInventoryIsNoStranger() {
        Memory memory = new Memory(List.of(HOST1), Set.of(HOST1, STRANGER), Map.of(), List.of());
        assertThat(compare(Given.one(), via(STRANGER), memory)).isInstanceOf(Needed.class);
    }

    @Test
    void aChangeThatWasBegunAndLeftHalfMadeIsFinishedAndNoHandEdit() {
        Memory begun = new Memory(List.of(HOST1), Set.of(HOST1), Map.of(), List.of(Address.parse("192.168.1.3")));
        Optional<Route> both = via(HOST1, Address.parse("192.168.1.3"));
        assertThat(compare(Given.one(), both, begun)).isInstanceOf(Needed.class);
        assertThat(compare(Given.one(), both, AT_HOME)).isInstanceOf(Found.class);
    }

    @Test
    void whileAMoveIsOnItsWayBothItsNextHopsAreOurs() {
        Given moving = Given.one().pinned("www-1", "host3", false);
        assertThat(compare(moving, via(HOST1, Address.parse("192.168.1.4")), AT_HOME)).isInstanceOf(Needed.class);
        assertThat(compare(moving, via(HOST1, Address.parse("192.168.1.3")), AT_HOME)).isInstanceOf(Found.class);
    }

    private static Optional<Route> marked(Address hop) {
        return Optional.of(new Route(Prefix.parse("192.168.1.32/27"), List.of(hop), "exact", Optional.empty(), true));
    }

    @Test
    void ourOwnMarkIsNoStrangersAndNobodysHand() {
        assertThat(compare(Given.one(), marked(HOST3), AT_HOME)).isInstanceOf(Found.class)
                .extracting(f -> ((Found) f).ours()).isEqualTo(true);
        assertThat(compare(Given.one(), via(HOST3), AT_HOME)).isInstanceOf(Found.class)
                .extracting(f -> ((Found) f).ours()).isEqualTo(false);
        Address gone = Address.parse("192.168.1.77");
        assertThat(compare(Given.one(), marked(gone), AT_HOME)).isInstanceOf(Needed.class);
        assertThat(why(compare(Given.one(), via(gone), AT_HOME))).contains("somebody else's doing");
    }

    @Test
    void aRouteWithAnOwnerIsNeverTouched() {
        Optional<Route> owned = Optional.of(new Route(Prefix.parse("192.168.1.32/27"), List.of(HOST1), "exact",
                Optional.of("is owned by FRR")));
        assertThat(why(compare(Given.one().down("host1"), owned, AT_HOME))).isEqualTo("is owned by FRR");
        assertThat(why(compare(Given.one().pinned("www-1", "host3", false).forced("www-1"), owned, AT_HOME)))
                .isEqualTo("is owned by FRR");
    }

    @Test
    void aRouteWithoutANextHopIsLeftEvenByForce() {
        assertThat(compare(Given.one().pinned("www-1", "host3", false).forced("www-1"), via(), AT_HOME))
                .isInstanceOf(Left.class);
    }

    @Test
    void aMissingRouteIsMadeAgainOnlyIfItWasSeenBefore() {
        assertThat(compare(Given.one(), Optional.empty(), AT_HOME)).isInstanceOf(Needed.class);
        assertThat(why(compare(Given.one(), Optional.empty(), Memory.NONE))).startsWith("has no route");
    }

    @Test
    void aMissingRouteIsNotMadeToADeadServer() {
        Given allDown = Given.one().down("host1", "host2", "host3", "host4");
        assertThat(why(compare(allDown, Optional.empty(), AT_HOME)))
                .isEqualTo("has lost the route, and host1 is not UP");
    }

    @Test
    void firstContactAdoptsWhateverServerCarriesIt() {
        Given unknown = Given.one().nowhere("www-1").down("host3");
        assertThat(compare(unknown, via(HOST3), Memory.NONE)).isInstanceOf(Found.class);
    }

    @Test
    void anotherRouterIsNotAlignedToWhatWasFoundByHand() {
        Given found = Given.one().at("www-1", Origin.FOUND, "host3");
        Comparison comparison = Comparison.of(found.decision(), via(HOST1), AT_HOME, found.situation(), true);
        assertThat(why(comparison)).isEqualTo("differs from where the service was found, and is left until released");
    }

    @Test
    void nothingIsTypedWhereADecisionIsHeld() {
        Given held = Given.one().down("host1", "host2", "host3", "host4");
        assertThat(compare(held, via(HOST3), AT_HOME)).isInstanceOf(Left.class);
    }
}
