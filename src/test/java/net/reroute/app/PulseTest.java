package net.reroute.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import net.reroute.schedule.ClockWatch;
import net.reroute.schedule.PauseWatch;
import net.reroute.schedule.PauseWatch.Consequence;
import org.junit.jupiter.api.Test;

class PulseTest {

    private static Pulse pulse(Optional<String> stuck) {
        long now = System.nanoTime();
        Consequence none = new Consequence(() -> {
        }, gap -> {
        });
        return new Pulse(new ClockWatch(step -> {
        }, Instant.now(), now), new PauseWatch(() -> Duration.ofDays(1), none, now, Pulse.uptime().orElse(0)),
                ServiceManager.of(Map.of(), 1), () -> stuck);
    }

    @Test
    void aTimetableThatStartsNothingForLongDoesNotGoOn() {
        try (Pulse pulse = pulse(Optional.empty())) {
            long now = System.nanoTime();
            assertThat(pulse.standsStill(now)).isEmpty();
            assertThat(pulse.standsStill(now + Pulse.STUCK.plusSeconds(60).toNanos()).orElseThrow())
                    .contains("the timetable has started nothing for ");
        }
    }

    @Test
    void norDoesItIfSomethingElseOfTheWatchStandsStill() {
        try (Pulse pulse = pulse(Optional.of("a cycle has not ended for 11s"))) {
            assertThat(pulse.standsStill(System.nanoTime())).contains("a cycle has not ended for 11s");
        }
    }

    @Test
    void theTimeSinceTheMachineStartedIsReadFromTheKernel() {
        long first = Pulse.uptime().orElseThrow();
        assertThat(first).isPositive();
        assertThat(Pulse.uptime().orElseThrow()).isGreaterThanOrEqualTo(first);
    }
}
