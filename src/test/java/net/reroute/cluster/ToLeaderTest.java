package net.reroute.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ToLeaderTest {

    private static final int LOOKS = 5;

    private final Leadership leadership = new Leadership();
    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void aCommandWaitsForTheElectionThatIsUnderWay() {
        leadership.withhold();
        assertThat(asked("c1").awaited()).contains("c1");
        assertThat(looks).hasValue(LOOKS);
    }

    @Test
    void whoWasElectedCarriesOutCommandsAsSoonAsItHasAllRecords() {
        leadership.withhold();
        ToLeader self = new ToLeader("c1", null, () -> {
            if (looks.incrementAndGet() == LOOKS) {
                leadership.alone(); // it leads from here on
            }
            return Optional.of("c1");
        }, leadership);
        assertThat(self.awaited()).contains("c1");
        assertThat(looks).as("being elected is not enough").hasValue(LOOKS);
    }

    @Test
    void whoLeadsAsksNobody() {
        assertThat(asked("c1").awaited()).contains("c2");
        assertThat(looks).hasValue(0);
    }

    /** Someone leads from the fifth look on. */
    private ToLeader asked(String elected) {
        return new ToLeader("c2", null,
                () -> looks.incrementAndGet() < LOOKS ? Optional.empty() : Optional.of(elected), leadership);
    }
}
