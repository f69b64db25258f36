package net.reroute.cluster.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A day of two controllers, in which every twenty seconds something goes wrong. */
class LeaseSimulationTest {

    private static final Duration DAY = Duration.ofHours(24);

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 3"})
    void twoNeverLeadAndNoAcknowledgedWishIsLostUnsaid(long seed, int routers) {
        LeaseWorld world = new LeaseWorld(seed, routers);
        world.run(DAY);
        assertThat(world.wrong).as("seed " + seed).isEmpty();
        assertThat(world.faults).isGreaterThan(4000);
        assertThat(world.changes).as("changes of leader").isGreaterThan(10_000);
        assertThat(world.typed).isGreaterThan(300_000);
        assertThat(world.refused).as("batches that came too late").isPositive();
    }
}
