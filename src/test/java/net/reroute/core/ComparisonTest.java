package net.reroute.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.reroute.core.Assignment.Origin;
import net.reroute.core.Comparison.Found;
import net.reroute.core.Comparison.Left;
import net.reroute.core.Comparison.Memory;
import net.reroute.core.Comparison.Needed;
import net.reroute.core.Comparison.Same;
import net.reroute.core.Facts.Shown;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final Memory AT_HOME = new Memory(new Shown(List.of("host1"), List.of("host1")), List.of());
    private static final Seen STRANGER = foreign(false, false);

    private static Seen at(String... servers) {
        return new Seen.At(List.of(servers), List.of(servers), false);
    }

    private static Seen foreign(boolean marked, boolean ours) {
        return new Seen.Foreign(List.of("192.168.1.29"), "a next hop that is none of its servers (192.168.1.29)",
                marked,
                ours);
    }

    private static Comparison compare(Given given, Seen seen, Memory memory) {
        return Comparison.of(given.decision(), seen, memory, given.snapshot(), false);
    }

    private static String why(Comparison comparison) {
        assertThat(comparison).isInstanceOf(Left.class);
        return ((Left) comparison).why();
    }

    @Test
    void nothingIsNeededWhereTheRouterAgrees() {
        assertThat(compare(Given.one(), at("host1"), AT_HOME)).isInstanceOf(Same.class);
    }

    @Test
    void aMoveNeedsAChangeThatKnowsWhatWasBefore() {
        Needed needed = (Needed) compare(Given.one().down("host1"), at("host1"), AT_HOME);
        assertThat(needed.shift().before()).isEqualTo(at("host1"));
        assertThat(needed.shift().to()).containsExactly("host2");
    }

    @Test
    void aHandEditToAnotherOfItsServersIsKept() {
        assertThat(compare(Given.one(), at("host3"), AT_HOME)).isInstanceOf(Found.class);
    }

    @Test
    void aHandEditToADeadServerIsNotKept() {
        assertThat(compare(Given.one().down("host3"), at("host3"), AT_HOME)).isInstanceOf(Needed.class);
    }

    @Test
    void whatIsShownAsBeforeIsNoHandEditWhateverItsServerIsCalledNow() {
        Memory renamed = new Memory(new Shown(List.of("host9"), List.of("host3")), List.of());
        assertThat(compare(Given.one(), at("host3"), renamed)).isInstanceOf(Needed.class);
    }

    @Test
    void aRouterThatIsBehindIsAligned() {
        Given moved = Given.one().at("www-1", Origin.MOVED, "host3").down("host1");
        assertThat(compare(moved, at("host1"), AT_HOME)).isInstanceOf(Needed.class);
    }

    @Test
    void aStrangersNextHopIsReportedAndLeft() {
        assertThat(why(compare(Given.one().down("host1"), STRANGER, AT_HOME))).isEqualTo(
                "has a next hop that is none of its servers (192.168.1.29) for 192.168.1.32/27: somebody else's doing,"
                        + " left alone; 'reroute www-1 to SERVER --force' takes it over");
    }

    @Test
    void aStrangersNextHopIsTakenOverByForce() {
        Given forced = Given.one().pinned("www-1", "host3", false).forced("www-1");
        assertThat(compare(forced, STRANGER, AT_HOME)).isInstanceOf(Needed.class);
        Given asked = Given.one().pinned("www-1", "host3", false).asked("www-1");
        assertThat(compare(asked, STRANGER, AT_HOME)).isInstanceOf(Left.class);
    }

    @Test
    void aNextHopThatStoodInThePreviousInventoryIsNoStranger() {
        assertThat(compare(Given.one(), foreign(false, true), AT_HOME)).isInstanceOf(Needed.class);
    }

    @Test
    void aChangeThatWasBegunAndLeftHalfMadeIsFinishedAndNoHandEdit() {
        Memory begun = new Memory(new Shown(List.of("host1"), List.of("host1")), List.of("host2"));
        Seen both = at("host1", "host2");
        assertThat(compare(Given.one(), both, begun)).isInstanceOf(Needed.class);
        assertThat(compare(Given.one(), both, AT_HOME)).isInstanceOf(Found.class);
    }

    @Test
    void whileAMoveIsOnItsWayBothItsNextHopsAreOurs() {
        Given moving = Given.one().pinned("www-1", "host3", false);
        assertThat(compare(moving, at("host1", "host3"), AT_HOME)).isInstanceOf(Needed.class);
        assertThat(compare(moving, at("host1", "host2"), AT_HOME)).isInstanceOf(Found.class);
    }

    @Test
    void ourOwnMarkIsNoStrangersAndNobodysHand() {
        assertThat(compare(Given.one(), new Seen.At(List.of("host3"), List.of("next hop"), true), AT_HOME))
                .isInstanceOf(Found.class)
                .extracting(f -> ((Found) f).ours()).isEqualTo(true);
        assertThat(compare(Given.one(), at("host3"), AT_HOME)).isInstanceOf(Found.class)
                .extracting(f -> ((Found) f).ours()).isEqualTo(false);
        assertThat(compare(Given.one(), foreign(true, false), AT_HOME)).isInstanceOf(Needed.class);
        assertThat(why(compare(Given.one(), STRANGER, AT_HOME))).contains("somebody else's doing");
    }

    @Test
    void aRouteWithAnOwnerIsNeverTouched() {
        Seen owned = new Seen.Owned(List.of("host1"), List.of("192.168.1.2"), "is owned by FRR");
        assertThat(why(compare(Given.one().down("host1"), owned, AT_HOME))).isEqualTo("is owned by FRR");
        assertThat(why(compare(Given.one().pinned("www-1", "host3", false).forced("www-1"), owned, AT_HOME)))
                .isEqualTo("is owned by FRR");
    }

    @Test
    void aRouteWithoutANextHopIsLeftEvenByForce() {
        assertThat(compare(Given.one().pinned("www-1", "host3", false).forced("www-1"),
                new Seen.Foreign(List.of(), "a route without a next hop (blackhole)", true, true), AT_HOME))
                .isInstanceOf(Left.class);
    }

    @Test
    void aMissingRouteIsMadeAgainOnlyIfItWasSeenBefore() {
        assertThat(compare(Given.one(), new Seen.Nobody(), AT_HOME)).isInstanceOf(Needed.class);
        assertThat(why(compare(Given.one(), new Seen.Nobody(), Memory.NONE))).startsWith("has no route");
    }

    @Test
    void aMissingRouteIsNotMadeToADeadServer() {
        Given allDown = Given.one().down("host1", "host2", "host3", "host4");
        assertThat(why(compare(allDown, new Seen.Nobody(), AT_HOME)))
                .isEqualTo("has lost the route, and host1 is not UP");
    }

    @Test
    void firstContactAdoptsWhateverServerCarriesIt() {
        Given unknown = Given.one().nowhere("www-1").down("host3");
        assertThat(compare(unknown, at("host3"), Memory.NONE)).isInstanceOf(Found.class);
    }

    @Test
    void anotherRouterIsNotAlignedToWhatWasFoundByHand() {
        Given found = Given.one().at("www-1", Origin.FOUND, "host3");
        Comparison comparison = Comparison.of(found.decision(), at("host1"), AT_HOME, found.snapshot(), true);
        assertThat(why(comparison)).isEqualTo("differs from where the service was found, and is left until released");
    }

    @Test
    void nothingIsTypedWhereADecisionIsHeld() {
        Given held = Given.one().down("host1", "host2", "host3", "host4");
        assertThat(compare(held, at("host3"), AT_HOME)).isInstanceOf(Left.class);
    }
}
