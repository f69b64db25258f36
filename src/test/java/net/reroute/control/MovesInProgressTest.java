package net.reroute.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.reroute.control.MoveState.Applying;
import net.reroute.control.RouterRound.Result;
import net.reroute.core.Decision;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Given;
import net.reroute.core.Outcome;
import net.reroute.core.Outcome.OnRouter;
import net.reroute.core.Reason;
import net.reroute.core.Seen;
import net.reroute.core.Snapshot;
import org.junit.jupiter.api.Test;

/** Which move an answer of a router belongs to. */
class MovesInProgressTest {

    private static final Snapshot EARLIER = Given.one().snapshot();
    private static final Snapshot NOW = after(EARLIER, Duration.ofMillis(1));
    private static final Decision DECISION = new Decision(EARLIER.inventory().services().get("www-1"), Kind.PLANNED,
            List.of("host1"), List.of("host2"), new Reason.AtHome());

    private static Snapshot after(Snapshot then, Duration time) {
        Snapshot.Times times = then.times();
        return new Snapshot(then.inventory(), then.verdicts(), then.intents(), then.assignments(), then.setAside(),
                then.cause(), new Snapshot.Times(times.started(), times.sightedAt(), times.now().plus(time)));
    }

    private static List<Result> left() {
        return List.of(Result.of(DECISION, new OnRouter("gw1", Outcome.Kind.LEFT, "somebody else's doing", List.of()),
                new Seen.Nobody(), Map.of()));
    }

    @Test
    void aRoundFromBeforeAMoveSaysNothingOfIt() {
        MovesInProgress moves = new MovesInProgress();
        Move forced = Move.of(DECISION, NOW, NOW.times().now());
        moves.add(forced);
        assertThat(moves.take(left(), EARLIER)).isEmpty();
        assertThat(moves.state(forced)).isInstanceOf(Applying.class);
    }

    @Test
    void itsOwnRoundAndALaterOneEndIt() {
        for (Snapshot round : List.of(NOW, after(NOW, Duration.ofSeconds(1)))) {
            MovesInProgress moves = new MovesInProgress();
            Move move = Move.of(DECISION, NOW, NOW.times().now());
            moves.add(move);
            assertThat(moves.take(left(), round)).containsExactly(move);
        }
    }
}
