package net.reroute.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.reroute.core.Target;
import org.junit.jupiter.api.Test;

class FlapsTest {

    private static final Target WEB = new Target("host1", "web", "");

    private final Flaps flaps = new Flaps();
    private Instant now = Instant.parse("2026-01-01T05:00:00Z");

    private void note(String results) {
        results.chars().forEach(c -> flaps.note(WEB, c == '+'));
    }

    private Optional<String> due() {
        return flaps.due(WEB, now).map(Flaps.Count::toString);
    }

    @Test
    void everySecondFailureIsToldAtTheFifth() {
        note("+-+-+-+-+");
        assertThat(due()).isEmpty();
        note("-");
        assertThat(due()).contains("5 of the last 10 checks");
    }

    @Test
    void aLostPacketNowAndThenIsNot() {
        note("+++++-++++++-++++++-+++++++-+++++++-++");
        assertThat(flaps.count(WEB).isMuch()).isFalse();
        assertThat(due()).isEmpty();
    }

    @Test
    void onlyTheLastTwentyCount() {
        note("-----" + "+".repeat(17) + "--");
        assertThat(flaps.count(WEB)).hasToString("3 of the last 20 checks");
    }

    @Test
    void itIsToldAgainWithLongerRestsWhileItGoesOn() {
        note("+-".repeat(10));
        assertThat(due()).isPresent();
        for (int minutes : new int[]{10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440}) {
            now = now.plus(Duration.ofMinutes(minutes)).minusSeconds(1);
            assertThat(due()).as("before %d minutes", minutes).isEmpty();
            now = now.plusSeconds(1);
            assertThat(due()).as("after %d minutes", minutes).isPresent();
        }
    }

    @Test
    void whatBeginsAnewAfterTwentyGoodResultsIsToldAtOnce() {
        note("+-".repeat(10));
        assertThat(due()).isPresent();
        note("+".repeat(20) + "-----");
        assertThat(due()).contains("5 of the last 20 checks");
    }

    @Test
    void aChangeOfStateBeginsAnewButIsNoReasonToTellAgain() {
        note("+-".repeat(10));
        assertThat(due()).isPresent();
        flaps.clear(WEB);
        assertThat(flaps.count(WEB).of()).isZero();
        note("-----");
        assertThat(due()).isEmpty();
    }

    @Test
    void anotherInventoryGoesOnCountingWhatItLeavesAsItWas() {
        note("+-+-+-");
        flaps.keepOnly(WEB::equals);
        assertThat(flaps.count(WEB)).hasToString("3 of the last 6 checks");
        flaps.keepOnly(target -> false);
        assertThat(flaps.count(WEB)).isEqualTo(Flaps.Count.NONE);
    }
}
