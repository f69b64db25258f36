package net.reroute.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Health.State;
import net.reroute.core.Snapshot.Pair;
import org.junit.jupiter.api.Test;

class SnapshotTest {

    private static final Pair HOST1 = new Pair("www-1", "host1");

    /** What is known, while checks go on: as soon as host1 has been read once, it is otherwise. */
    @SuppressWarnings("serial") // it is never written
    private static final class Turning extends HashMap<Pair, Verdict> {

        private static final long serialVersionUID = 1L;

        private final Verdict next;

        Turning(Map<Pair, Verdict> now, Verdict next) {
            super(now);
            this.next = next;
        }

        @Override
        public Verdict get(Object pair) {
            Verdict now = super.get(pair);
            put(HOST1, next);
            return now;
        }
    }

    private static Snapshot turningTo(State state, Snapshot before) {
        Instant at = before.times().now();
        return new Snapshot(before.inventory(), new Turning(before.verdicts(), new Verdict(state, false, at, at, "")),
                before.intents(), before.assignments(), before.setAside(), before.cause(), before.times());
    }

    @Test
    void aVerdictThatTurnsInTheMiddleOfADecisionIsForTheNext() {
        Decision down = Planner.decide(turningTo(State.UP, Given.one().down("host1").snapshot())).getFirst();
        assertThat(down.kind()).isEqualTo(Kind.FAILOVER);
        assertThat(down.to()).containsExactly("host2");
        Decision up = Planner.decide(turningTo(State.DOWN, Given.one().snapshot())).getFirst();
        assertThat(up.kind()).isEqualTo(Kind.STAY);
        assertThat(up.reason().text()).isEqualTo("at home");
    }

    @Test
    void nothingIsKnownOfAServerThatNobodyNamed() {
        Verdict verdict = Given.one().snapshot().verdict(Given.one().inventory().services().get("www-1"), "host9");
        assertThat(verdict.state()).isEqualTo(State.UNKNOWN);
        assertThat(verdict.why()).isEqualTo("not one of its servers");
    }
}
