package net.reroute.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import net.reroute.core.CheckSpec.Timers;
import net.reroute.core.Health.State;
import org.junit.jupiter.api.Test;

class HealthTest {

    private static final Timers TIMERS = new Timers(Duration.ofSeconds(2), Duration.ofMillis(500),
            Duration.ofSeconds(1),
            3, 2);

    private Instant time = Instant.parse("2026-01-01T05:00:00Z");

    private CheckResult result(boolean ok) {
        time = time.plusSeconds(1);
        return new CheckResult(ok, ok ? "fine" : "no answer", time, Duration.ofMillis(100));
    }

    private Health after(String results) {
        Health health = Health.unknown(time);
        for (char c : results.toCharArray()) {
            health = health.after(result(c == '+'), TIMERS);
        }
        return health;
    }

    @Test
    void oneSuccessAfterUnknownIsUp() {
        assertThat(after("+").state()).isEqualTo(State.UP);
        assertThat(after("-+").state()).isEqualTo(State.UP);
    }

    @Test
    void downAlwaysTakesAllFailures() {
        assertThat(after("--").state()).isEqualTo(State.UNKNOWN);
        assertThat(after("---").state()).isEqualTo(State.DOWN);
        assertThat(after("+--").state()).isEqualTo(State.UP);
        assertThat(after("+---").state()).isEqualTo(State.DOWN);
    }

    @Test
    void onlyFailuresInARowCount() {
        assertThat(after("+--+--").state()).isEqualTo(State.UP);
    }

    @Test
    void upAgainTakesAllSuccesses() {
        assertThat(after("---+").state()).isEqualTo(State.DOWN);
        assertThat(after("---++").state()).isEqualTo(State.UP);
    }

    @Test
    void isInDoubtFromTheFirstContraryResult() {
        assertThat(after("+-").inDoubt()).isTrue();
        assertThat(after("+-+").inDoubt()).isFalse();
        assertThat(after("---+").inDoubt()).isTrue();
    }

    @Test
    void remembersWhenTheFirstSignWasSeen() {
        Health health = after("+");
        Instant first = time.plusSeconds(1).minusMillis(100);
        for (int i = 0; i < 3; i++) {
            health = health.after(result(false), TIMERS);
        }
        assertThat(health.doubtSince()).isEqualTo(first);
        assertThat(Duration.between(health.doubtSince(), health.since())).isEqualTo(Duration.ofMillis(2100));
    }

    @Test
    void staleEvidenceIsUnknownNeverUp() {
        Health health = after("+");
        assertThat(health.at(time.plus(TIMERS.staleAfter()), TIMERS).state()).isEqualTo(State.UP);
        assertThat(health.at(time.plus(TIMERS.staleAfter()).plusMillis(1), TIMERS).state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void aVerdictIsTheWorstOfAllChecksAndNamesThem() {
        Map<String, Health> healths = new LinkedHashMap<>();
        healths.put("up", after("+"));
        healths.put("web", after("---"));
        Verdict verdict = Verdict.of(healths);
        assertThat(verdict.state()).isEqualTo(State.DOWN);
        assertThat(verdict.why()).isEqualTo("web: no answer");
        healths.put("web", after("-"));
        assertThat(Verdict.of(healths).state()).isEqualTo(State.UNKNOWN);
        healths.put("web", after("+-"));
        assertThat(Verdict.of(healths).doubt()).isTrue();
        assertThat(Verdict.of(healths).candidate()).isFalse();
    }

    @Test
    void anUpVerdictIsAsOldAsItsYoungestCheck() {
        Map<String, Health> healths = new LinkedHashMap<>();
        healths.put("up", after("+"));
        Health younger = after("+");
        healths.put("web", younger);
        assertThat(Verdict.of(healths).since()).isEqualTo(younger.since());
    }

    @Test
    void theWorstDetectionTimeCountsWaitingAndTimeouts() {
        Timers fast = new Timers(Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofMillis(50), 3, 3);
        assertThat(fast.worstDetection()).isEqualTo(Duration.ofMillis(200));
        assertThat(TIMERS.worstDetection()).isEqualTo(Duration.ofSeconds(5));
    }
}
