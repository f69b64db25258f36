package net.reroute.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Assignment.Origin;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Health.State;
import net.reroute.core.Service.Choose;
import net.reroute.core.Service.Policy;
import net.reroute.core.Service.Rules;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static void expect(Decision decision, Kind kind, List<String> to, String reason) {
        assertThat(decision.kind()).as(decision.reason().text()).isEqualTo(kind);
        assertThat(decision.to()).isEqualTo(to);
        assertThat(decision.reason().text()).isEqualTo(reason);
    }

    @Test
    void leavesAServiceAtItsHomeWhileThatIsUp() {
        expect(Given.one().decision(), Kind.STAY, List.of("host1"), "at home");
    }

    @Test
    void movesPrefixToNextHealthyServer() {
        expect(Given.one().down("host1", "host2").decision(), Kind.FAILOVER, List.of("host3"),
                "host1 is DOWN (web: no answer in 1s); host3 is next");
    }

    @Test
    void leavesTheRouteAloneWhenNobodyIsUp() {
        expect(Given.one().down("host1", "host2", "host3", "host4").decision(), Kind.HOLD, List.of("host1"),
                "host1 is DOWN (web: no answer in 1s); no other server is UP, left at host1");
    }

    @Test
    void passesOverAServerWhoseChecksHaveBegunToFail() {
        expect(Given.one().down("host1").inDoubt("host2").decision(), Kind.FAILOVER, List.of("host3"),
                "host1 is DOWN (web: no answer in 1s); host3 is next");
    }

    @Test
    void waitsForTheVerdictOfTheOnlyServerLeftWhenItIsInDoubt() {
        expect(Given.one().down("host1", "host3", "host4").inDoubt("host2").decision(), Kind.HOLD, List.of("host1"),
                "host1 is DOWN (web: no answer in 1s); host2 in doubt, waiting for the verdict, left at host1");
    }

    @Test
    void neverMovesToAServerOfWhichNothingIsKnown() {
        Given given = Given.one().down("host1", "host3", "host4").is("host2", State.UNKNOWN, Duration.ofHours(1));
        assertThat(given.decision().kind()).isEqualTo(Kind.HOLD);
    }

    @Test
    void doesNotMoveOffAServerOfWhichNothingIsKnown() {
        Given given = Given.one().is("host1", State.UNKNOWN, Duration.ofHours(1));
        assertThat(given.decision().kind()).isEqualTo(Kind.STAY);
    }

    @Test
    void waitsAfterAStartUntilEveryServerHasAVerdict() {
        Given given = Given.one().down("host1").is("host4", State.UNKNOWN, Duration.ZERO).justStarted();
        expect(given.decision(), Kind.HOLD, List.of("host1"), "waiting for the first verdict of every server");
    }

    @Test
    void whoeverIsStillUnknownWhenTheFirstVerdictsAreDueBlocksNothing() {
        Given given = Given.one().down("host1").is("host4", State.UNKNOWN, Duration.ZERO);
        expect(given.decision(), Kind.FAILOVER, List.of("host2"),
                "host1 is DOWN (web: no answer in 1s); host2 is next");
    }

    @Test
    void theFirstServerToComeBackAfterAllWereOutOfSightDoesNotGetEverything() {
        expect(Given.one().down("host1", "host3", "host4").justSighted().decision(), Kind.HOLD, List.of("host1"),
                "every server was out of sight until just now; waiting who comes back");
    }

    @Test
    void movesAtOnceAfterAStartWhenEveryVerdictIsIn() {
        assertThat(Given.one().down("host1").justStarted().decision().kind()).isEqualTo(Kind.FAILOVER);
    }

    @Test
    void returnsHomeAfterTheSoak() {
        Given given = Given.one().at("www-1", Origin.MOVED, "host2");
        expect(given.decision(), Kind.PLANNED, List.of("host1"), "back home: host1 is UP for 1h");
        given.is("host1", State.UP, Duration.ofSeconds(59));
        expect(given.decision(), Kind.STAY, List.of("host2"), "host1 returns after a soak of 1m");
    }

    @Test
    void staysWhereItIsWhenABetterBackupThanTheHomeReturns() {
        Given given = Given.one().down("host1").at("www-1", Origin.MOVED, "host3");
        assertThat(given.decision().to()).containsExactly("host3");
    }

    @Test
    void doesNotReturnHomeByItselfWhereFailbackIsManual() {
        Rules manual = new Rules(Policy.ANY, 1, Choose.ORDERED, false, Duration.ofMinutes(1));
        Given given = new Given().service("www-1", "192.168.1.32/27", manual, "host1", "host2").at("www-1",
                Origin.MOVED, "host2");
        expect(given.decision(), Kind.STAY, List.of("host2"), "failback is manual");
        expect(given.asked("www-1").decision(), Kind.PLANNED, List.of("host1"), "back home: host1 is UP for 1h");
    }

    @Test
    void keepsWhatWasFoundByHandUntilItIsReleased() {
        Given given = Given.one().at("www-1", Origin.FOUND, "host3");
        expect(given.decision(), Kind.STAY, List.of("host3"), "found there and kept until released");
        given.at("www-1", Origin.RELEASED, "host3");
        expect(given.decision(), Kind.PLANNED, List.of("host1"), "back home: host1 is UP for 1h");
    }

    @Test
    void leavesAFoundPlaceWhenItsServerDies() {
        Given given = Given.one().at("www-1", Origin.FOUND, "host3").down("host3");
        assertThat(given.decision().to()).containsExactly("host1");
    }

    @Test
    void movesToThePinnedServerWhenAsked() {
        Given given = Given.one().pinned("www-1", "host3", false).asked("www-1");
        expect(given.decision(), Kind.PLANNED, List.of("host3"), "pinned to host3 by anna (kernel)");
    }

    @Test
    void leavesAPinnedServerThatDiesLikeAnyOther() {
        Given given = Given.one().pinned("www-1", "host3", false).at("www-1", Origin.MOVED, "host3").down("host3");
        assertThat(given.decision().to()).containsExactly("host1");
    }

    @Test
    void takesThePinnedServerAgainAfterItsSoak() {
        Given given = Given.one().pinned("www-1", "host3", false).is("host3", State.UP, Duration.ofSeconds(30));
        expect(given.decision(), Kind.STAY, List.of("host1"), "host3 returns after a soak of 1m");
        given.is("host3", State.UP, Duration.ofSeconds(60));
        assertThat(given.decision().to()).containsExactly("host3");
    }

    @Test
    void staysAtADeadServerWhenToldTo() {
        Given given = Given.one().pinned("www-1", "host3", true).at("www-1", Origin.MOVED, "host3").down("host3");
        expect(given.decision(), Kind.STAY, List.of("host3"), "pinned to stay at host3 by anna (kernel)");
    }

    @Test
    void forgetsAPinThatIsOver() {
        Given given = Given.one().at("www-1", Origin.MOVED, "host3").intent(
                Intent.pin("www-1", "host3", Given.ANNA, Optional.of(Given.NOW), false));
        assertThat(given.decision().to()).containsExactly("host1");
    }

    @Test
    void drainsAServerAndPassesItOver() {
        Given given = Given.one().intent(Intent.maintenance("host1", Given.ANNA, Optional.empty())).intent(
                Intent.maintenance("host2", Given.ANNA, Optional.empty()));
        expect(given.decision(), Kind.PLANNED, List.of("host3"),
                "host1 is in maintenance by anna (kernel); host3 is next");
    }

    @Test
    void holdsWhatNobodyAskedForWhilePaused() {
        Given given = Given.one().down("host1").intent(Intent.pause(Given.ANNA));
        expect(given.decision(), Kind.HOLD, List.of("host1"),
                "paused by anna (kernel); would move www-1 host1 -> host2:"
                        + " host1 is DOWN (web: no answer in 1s); host2 is next");
        assertThat(given.asked("www-1").decision().kind()).isEqualTo(Kind.FAILOVER);
    }

    @Test
    void leavesAServerWhoseProbeFailedForTheNextCandidate() {
        Given given = Given.one().down("host1").at("www-1", Origin.MOVED, "host2").setAside("www-1", "host2");
        expect(given.decision(), Kind.FAILOVER, List.of("host3"),
                "host2 was set aside, its probe through the router failed; host3 is next");
    }

    @Test
    void createsNoRouteUnasked() {
        Given given = Given.one().nowhere("www-1");
        expect(given.decision(), Kind.HOLD, List.of(),
                "no route for 192.168.1.32/27 has been seen");
        assertThat(given.pinned("www-1", "host2", false).asked("www-1").decision().to()).containsExactly("host2");
    }

    // ---- several servers -------------------------------------------------------------------------------------------

    private static Given shared() {
        Rules two = new Rules(Policy.ANY, 2, Choose.ORDERED, true, Duration.ofMinutes(1));
        return new Given().service("www-1", "192.168.1.32/27", two, "host1", "host2", "host3", "host4").at("www-1",
                Origin.MOVED, "host1", "host2");
    }

    @Test
    void aFailedMemberOfAShareIsReplacedAndTheOthersStay() {
        expect(shared().down("host1").decision(), Kind.FAILOVER, List.of("host2", "host3"),
                "host1 is DOWN (web: no answer in 1s); host3 is next");
    }

    @Test
    void aShareGoesOnWithFewerWhenNobodyElseIsUp() {
        expect(shared().down("host1", "host3", "host4").decision(), Kind.FAILOVER, List.of("host2"),
                "host1 is DOWN (web: no answer in 1s); host2 carries on");
    }

    @Test
    void aShareIsFilledUpAgain() {
        expect(shared().at("www-1", Origin.MOVED, "host2").decision(), Kind.PLANNED, List.of("host1", "host2"),
                "share of 2 is filled up");
    }

    @Test
    void aPreferredMemberOfAShareReturnsForTheOneThatStoodIn() {
        assertThat(shared().at("www-1", Origin.MOVED, "host2", "host3").decision().to()).containsExactly("host1",
                "host2");
    }

    @Test
    void spreadsTheServicesOfADeadServer() {
        Rules spread = new Rules(Policy.ANY, 1, Choose.SPREAD, true, Duration.ofMinutes(1));
        Given given = new Given();
        for (int i = 0; i < 3; i++) {
            given.service("a" + i, "192.168.2." + i + "/32", spread, "host1", "host2", "host3", "host4").at("a" + i,
                    Origin.MOVED, "host1");
        }
        assertThat(given.down("host1").decide()).extracting(d -> d.to().getFirst()).containsExactlyInAnyOrder("host2",
                "host3", "host4");
    }

    @Test
    void answersWhatWouldHappenIfAServerFailed() {
        List<Decision> decisions = Planner.decide(Planner.ifDown(Given.one().snapshot(), "host1"));
        expect(decisions.getFirst(), Kind.FAILOVER, List.of("host2"), "host1 is DOWN (assumed); host2 is next");
    }
}
