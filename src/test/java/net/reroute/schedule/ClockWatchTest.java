package net.reroute.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClockWatchTest {

    private final Instant wall = Instant.parse("2026-01-01T05:00:00Z");
    private final List<Duration> steps = new ArrayList<>();
    private final ClockWatch watch = new ClockWatch(steps::add, wall, 0);

    @Test
    void saysNothingWhileBothClocksGoTogether() {
        watch.look(wall.plusSeconds(1), 1_000_000_000L);
        watch.look(wall.plusMillis(2499), 2_000_000_000L);
        assertThat(steps).isEmpty();
    }

    @Test
    void noticesAnHourEachWay() {
        watch.look(wall.plusSeconds(3601), 1_000_000_000L);
        watch.look(wall.plusSeconds(2), 2_000_000_000L);
        assertThat(steps).containsExactly(Duration.ofHours(1), Duration.ofHours(-1));
    }

    @Test
    void tellsAStepOnce() {
        watch.look(wall.minusSeconds(3600), 0);
        watch.look(wall.minusSeconds(3599), 1_000_000_000L);
        assertThat(steps).hasSize(1);
    }

    @Test
    void spreadsAThousandChecksOverTheirInterval() {
        Duration every = Duration.ofSeconds(2);
        long[] perTenth = new long[20];
        IntStream.range(0, 1000).forEach(i -> perTenth[(int) (Timetable.offset(i, every) / 100)]++);
        assertThat(java.util.Arrays.stream(perTenth).boxed()).allSatisfy(n -> assertThat(n).isBetween(45L, 55L));
    }
}
