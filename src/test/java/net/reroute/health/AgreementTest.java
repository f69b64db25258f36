package net.reroute.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import net.reroute.core.CheckResult;
import net.reroute.core.Facts.Settled;
import net.reroute.core.Health;
import net.reroute.core.Health.State;
import net.reroute.core.Service.Agree;
import net.reroute.core.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What several controllers see becomes one health. */
class AgreementTest {

    private static final Instant NOW = Instant.parse("2026-03-01T05:00:00Z");
    private static final Target WEB = new Target("host1", "web", "");

    private static Health health(State state, Instant since) {
        return new Health(state, since, 0, since,
                new CheckResult(state == State.UP, "said here", since, Duration.ofMillis(2)));
    }

    /** c1 is here; the others see U, D, or nothing (-). */
    private static Vantages others(boolean counts, String seen) {
        Map<String, Settled> others = new LinkedHashMap<>();
        for (int i = 0; i < seen.length(); i++) {
            if (seen.charAt(i) != '-') {
                others.put("c" + (i + 2), new Settled(seen.charAt(i) == 'D' ? State.DOWN : State.UP,
                        NOW.minusSeconds(10L * (i + 1))));
            }
        }
        return new Vantages() {
            @Override
            public boolean counts() {
                return counts;
            }

            @Override
            public Map<String, Settled> others(Target target) {
                return others;
            }

            @Override
            public String self() {
                return "c1";
            }
        };
    }

    @ParameterizedTest
    @CsvSource({
            // one that is alone decides alone
            "DOWN, true, --, MAJORITY, DOWN", "UP, true, --, ALL, UP",
            // two of three
            "DOWN, true, UU, MAJORITY, UP", "DOWN, true, DU, MAJORITY, DOWN", "UP, true, DD, MAJORITY, DOWN",
            "UP, true, DU, MAJORITY, UP",
            // two at odds: nothing moves there, nothing leaves
            "DOWN, true, U-, MAJORITY, UNKNOWN", "UP, true, D-, MAJORITY, UNKNOWN", "DOWN, true, D-, MAJORITY, DOWN",
            // one suffices, or all have to
            "UP, true, DU, ANY, DOWN", "UP, true, UU, ANY, UP", "DOWN, true, DU, ALL, UP", "DOWN, true, DD, ALL, DOWN",
            // who is cut off, or knows nothing yet, has no vote
            "DOWN, false, UU, MAJORITY, UP", "UNKNOWN, true, UU, MAJORITY, UP", "DOWN, false, D-, MAJORITY, DOWN",
            "DOWN, false, --, MAJORITY, DOWN"})
    void aHealthIsWhatEnoughOfThoseSeeWhoseEvidenceCounts(State own, boolean counts, String seen, Agree agree,
            State expected) {
        Health agreed = new Agreement(others(counts, seen), NOW).of(WEB, health(own, NOW.minusSeconds(5)), agree);
        assertThat(agreed.state()).isEqualTo(expected);
    }

    @Test
    void whoSeesWhatIsToldWhereTheyAreAtOdds() {
        Health agreed = new Agreement(others(true, "UU"), NOW).of(WEB, health(State.DOWN, NOW.minusSeconds(5)),
                Agree.MAJORITY);
        assertThat(agreed.last().said()).isEqualTo("c1 sees it DOWN, c2 sees it UP, c3 sees it UP (here: said here)");
    }

    @Test
    void aServerIsDownSinceAsManySawItSoAsAreNeeded() {
        Health own = health(State.DOWN, NOW.minusSeconds(60));
        Health agreed = new Agreement(others(true, "DU"), NOW).of(WEB, own, Agree.MAJORITY);
        assertThat(agreed.since()).as("c2 was the second").isEqualTo(NOW.minusSeconds(10));
        assertThat(agreed.last().said()).isEqualTo("said here");
    }
}
