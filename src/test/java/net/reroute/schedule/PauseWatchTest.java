package net.reroute.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.reroute.schedule.PauseWatch.Consequence;
import org.junit.jupiter.api.Test;

class PauseWatchTest {

    private static final long SECOND = 1_000_000_000L;

    private final List<String> happened = new ArrayList<>();
    private final Consequence consequence = new Consequence(() -> happened.add("forgotten"),
            gap -> happened.add("told " + gap));

    private PauseWatch every(Duration interval) {
        return new PauseWatch(() -> interval, consequence, 0, 0);
    }

    @Test
    void aGapLongerThanAnIntervalIsForgottenAndThenToldOnce() {
        PauseWatch watch = every(Duration.ofSeconds(2));
        watch.look(SECOND / 10);
        watch.look(SECOND / 10 + 3 * SECOND);
        watch.look(SECOND / 5 + 3 * SECOND);
        assertThat(happened).containsExactly("forgotten", "told PT3S");
    }

    @Test
    void aGapThatNoCheckWouldHaveNoticedIsNone() {
        PauseWatch watch = every(Duration.ofSeconds(10));
        watch.look(9 * SECOND);
        watch.look(19 * SECOND);
        assertThat(happened).isEmpty();
    }

    @Test
    void aBusyMachineIsNoGapHoweverOftenChecksAreMade() {
        PauseWatch watch = every(Duration.ofMillis(50));
        watch.look(SECOND * 9 / 10);
        assertThat(happened).isEmpty();
        watch.look(SECOND * 2);
        assertThat(happened).hasSize(2);
    }

    @Test
    void whoLookedAtTheClockBeforeAnotherFindsNoGap() {
        PauseWatch watch = every(Duration.ofSeconds(1));
        watch.look(SECOND / 2);
        watch.look(SECOND / 4);
        watch.look(SECOND * 7 / 5);
        assertThat(happened).isEmpty();
    }

    @Test
    void aMachineThatSleptIsNoticedThoughOneClockStoodStill() {
        PauseWatch watch = every(Duration.ofSeconds(1));
        watch.look(SECOND / 10, SECOND / 10);
        watch.look(SECOND / 5, SECOND * 60);
        watch.look(SECOND * 3 / 10, SECOND * 601 / 10);
        assertThat(happened).containsExactly("forgotten", "told PT59.9S");
    }
}
