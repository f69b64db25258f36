package net.reroute.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.control.MoveState.Applying;
import net.reroute.control.MoveState.Ended;
import net.reroute.control.MoveState.Input.Answered;
import net.reroute.control.MoveState.Input.Probed;
import net.reroute.control.MoveState.Probing;
import net.reroute.control.MoveState.PuttingBack;
import net.reroute.control.RouterRound.Result;
import net.reroute.core.Address;
import net.reroute.core.Decision;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Outcome;
import net.reroute.core.Outcome.OnRouter;
import net.reroute.core.Prefix;
import net.reroute.core.Reason;
import net.reroute.core.Seen;
import net.reroute.core.Service;
import net.reroute.core.Service.Policy;
import org.junit.jupiter.api.Test;

/** The states of a move, without a router, a clock or a thread. */
class MoveStateTest {

    private static final Prober.ProbeFinding GOOD = new Prober.ProbeFinding(Prober.ProbeResult.GOOD, "");
    private static final Prober.ProbeFinding BAD = new Prober.ProbeFinding(Prober.ProbeResult.BAD,
            "no answer through it");

    private static Decision decision(Kind kind, Policy policy) {
        Service.Rules rules = new Service.Rules(policy, 1, Service.Choose.ORDERED, true, Duration.ofMinutes(1));
        Service service = new Service("www-1", Prefix.parse("192.168.1.32/27"), Address.parse("192.168.1.33"),
                List.of("host1", "host2"), List.of("web"), List.of("gw1", "gw2"), rules, Optional.empty());
        return new Decision(service, kind, List.of("host1"), List.of("host2"), new Reason.AtHome());
    }

    private static MoveState begun(Kind kind, Policy policy) {
        return MoveState.begin(decision(kind, policy), false, Map.of());
    }

    private static Answered answered(MoveState state, String router, Outcome.Kind kind) {
        return new Answered(Result.of(state.progress().decision(), new OnRouter(router, kind, "read back", List.of()),
                new Seen.Nobody(), Map.of("apply", 5.0)));
    }

    private static MoveState both(MoveState state, Outcome.Kind one, Outcome.Kind other) {
        return state.next(answered(state, "gw1", one)).next(answered(state, "gw2", other));
    }

    private static Probed probed(Prober.ProbeFinding one, Prober.ProbeFinding other, boolean oldWorks) {
        return new Probed(Map.of("gw1", one, "gw2", other), 2.0, oldWorks);
    }

    private static List<Outcome.Kind> kinds(MoveState state) {
        return state.progress().outcome().routers().stream().map(OnRouter::kind).toList();
    }

    @Test
    void itWaitsForEveryRouterAndForEachOnce() {
        MoveState begun = begun(Kind.FAILOVER, Policy.ANY);
        MoveState one = begun.next(answered(begun, "gw1", Outcome.Kind.MOVED));
        assertThat(one).isInstanceOf(Applying.class);
        assertThat(one.awaited()).containsExactly("gw2");
        assertThat(one.next(answered(begun, "gw1", Outcome.Kind.UNREACHABLE))).isEqualTo(one);
        assertThat(one.next(answered(begun, "gw2", Outcome.Kind.MOVED))).isInstanceOf(Probing.class);
    }

    @Test
    void whereNoRouterMovedNothingIsProbed() {
        MoveState ended = both(begun(Kind.FAILOVER, Policy.ANY), Outcome.Kind.UNREACHABLE, Outcome.Kind.ALREADY);
        assertThat(ended).isInstanceOf(Ended.class);
        assertThat(kinds(ended)).containsExactly(Outcome.Kind.UNREACHABLE, Outcome.Kind.ALREADY);
    }

    @Test
    void aPlannedMoveOfAllOrNoneIsTakenBackWhereOneRouterDidNotMove() {
        MoveState back = both(begun(Kind.PLANNED, Policy.ALL), Outcome.Kind.MOVED, Outcome.Kind.UNREACHABLE);
        assertThat(back).isInstanceOf(PuttingBack.class);
        assertThat(back.awaited()).containsExactly("gw1");
        MoveState ended = back.next(answered(back, "gw1", Outcome.Kind.PUT_BACK));
        assertThat(kinds(ended)).containsExactly(Outcome.Kind.PUT_BACK, Outcome.Kind.UNREACHABLE);
    }

    @Test
    void aFailoverKeepsEverySuccessWhateverThePolicy() {
        assertThat(both(begun(Kind.FAILOVER, Policy.ALL), Outcome.Kind.MOVED, Outcome.Kind.UNREACHABLE))
                .isInstanceOf(Probing.class);
    }

    @Test
    void aProbeThatFailsTakesAPlannedMoveBackAndNotAFailover() {
        for (Kind kind : List.of(Kind.PLANNED, Kind.FAILOVER)) {
            MoveState probing = both(begun(kind, Policy.ANY), Outcome.Kind.MOVED, Outcome.Kind.MOVED);
            MoveState next = probing.next(probed(GOOD, BAD, true));
            if (kind == Kind.PLANNED) {
                assertThat(next).isInstanceOf(PuttingBack.class);
                assertThat(next.awaited()).containsExactly("gw2");
            } else {
                assertThat(next).isInstanceOfSatisfying(Ended.class, e -> assertThat(e.proven()).isFalse());
            }
            assertThat(kinds(next)).containsExactly(Outcome.Kind.MOVED, Outcome.Kind.UNPROVEN);
        }
    }

    @Test
    void nothingIsTakenBackToAServerThatDoesNotWorkNorAgainstForce() {
        MoveState probing = both(begun(Kind.PLANNED, Policy.ANY), Outcome.Kind.MOVED, Outcome.Kind.MOVED);
        assertThat(probing.next(probed(BAD, BAD, false))).isInstanceOf(Ended.class);
        MoveState forced = both(MoveState.begin(decision(Kind.PLANNED, Policy.ANY), true, Map.of()),
                Outcome.Kind.MOVED, Outcome.Kind.MOVED);
        assertThat(forced.next(probed(BAD, BAD, true))).isInstanceOf(Ended.class);
    }

    @Test
    void theSlowestRouterCountsAndTheOutcomeTellsWhatWasProbed() {
        MoveState probing = both(begun(Kind.FAILOVER, Policy.ANY), Outcome.Kind.MOVED, Outcome.Kind.MOVED);
        Outcome outcome = probing.next(new Probed(Map.of("gw1", GOOD), 2.0, true)).progress().outcome();
        assertThat(outcome.phases()).containsExactly(Map.entry("apply", 5.0), Map.entry("probe", 2.0));
        assertThat(outcome.routers()).extracting(OnRouter::text).containsExactly("read back and probed",
                "read back, not probed: the probe did not run");
        assertThat(Optional.of(outcome).filter(Outcome::good)).isPresent();
    }
}
