package net.reroute.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import net.reroute.schedule.ClockWatch;
import net.reroute.schedule.PauseWatch;
import net.reroute.schedule.PauseWatch.Consequence;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private static Heartbeat heartbeat(Optional<String> stuck) {
        return heartbeat(stuck, why -> {
        }, () -> {
        });
    }

    private static Heartbeat heartbeat(Optional<String> stuck, Consumer<String> alarm, Runnable end) {
        long now = System.nanoTime();
        Consequence none = new Consequence(() -> {
        }, gap -> {
        });
        return new Heartbeat(new ClockWatch(step -> {
        }, Instant.now(), now), new PauseWatch(() -> Duration.ofDays(1), none, now, Heartbeat.uptime().orElse(0)),
                ServiceManager.of(Map.of(), 1), new Heartbeat.Watched(() -> stuck, alarm, end));
    }

    @Test
    void aTimetableThatStartsNothingForLongDoesNotGoOn() {
        try (Heartbeat heartbeat = heartbeat(Optional.empty())) {
            long now = System.nanoTime();
            assertThat(heartbeat.standsStill(now)).isEmpty();
            assertThat(heartbeat.standsStill(now + Heartbeat.STUCK.plusSeconds(60).toNanos()).orElseThrow())
                    .contains("the timetable has started nothing for ");
        }
    }

    @Test
    void norDoesItIfSomethingElseOfTheWatchStandsStill() {
        try (Heartbeat heartbeat = heartbeat(Optional.of("a cycle has not ended for 11s"))) {
            assertThat(heartbeat.standsStill(System.nanoTime())).contains("a cycle has not ended for 11s");
        }
    }

    @Test
    void whatDoesNotGoOnIsToldOnceAndEndsTheProcessAtLast() throws InterruptedException {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        AtomicInteger ended = new AtomicInteger();
        try (Heartbeat heartbeat = heartbeat(Optional.of("a cycle has not ended"), told::add, ended::incrementAndGet)) {
            long now = System.nanoTime();
            long look = Duration.ofSeconds(5).toNanos();
            for (int i = 1; i <= 6; i++) {
                heartbeat.tellWhetherItGoesOn(now + i * look, look);
            }
            assertThat(ended).hasValue(0); // thirty seconds are not over
            heartbeat.tellWhetherItGoesOn(now + 7 * look, look);
            assertThat(ended.get()).isPositive();
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("a cycle has not ended");
            assertThat(told).isEmpty();
        }
    }

    @Test
    void theTimeSinceTheMachineStartedIsReadFromTheKernel() {
        long first = Heartbeat.uptime().orElseThrow();
        assertThat(first).isPositive();
        assertThat(Heartbeat.uptime().orElseThrow()).isGreaterThanOrEqualTo(first);
    }
}
