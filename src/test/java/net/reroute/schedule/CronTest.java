package net.reroute.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In Berlin the clock went from 02:00 to 03:00 on 2026-03-29, and from 03:00 back to 02:00 on 2026-10-25. */
class CronTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static List<String> from(String expression, String after, int count) {
        Cron cron = new Cron(expression, BERLIN);
        List<String> times = new ArrayList<>();
        Instant at = Instant.parse(after);
        for (int i = 0; i < count; i++) {
            at = cron.next(at).orElseThrow();
            times.add(at.atZone(BERLIN).toOffsetDateTime().toString());
        }
        return times;
    }

    @Test
    void fourInTheMorningStaysFourInTheMorning() {
        assertThat(from("0 0 4 * * ?", "2026-03-27T12:00:00Z", 3)).containsExactly("2026-03-28T04:00+01:00",
                "2026-03-29T04:00+02:00", "2026-03-30T04:00+02:00");
    }

    @Test
    void aTimeThatTheClockLeavesOutComesWhenItGoesOn() {
        assertThat(from("0 30 2 * * ?", "2026-03-27T12:00:00Z", 3)).containsExactly("2026-03-28T02:30+01:00",
                "2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00");
    }

    @Test
    void aTimeThatComesTwiceComesOnce() {
        assertThat(from("0 30 2 * * ?", "2026-10-24T12:00:00Z", 2)).containsExactly("2026-10-25T02:30+02:00",
                "2026-10-26T02:30+01:00");
        assertThat(from("0 30 2 * * ?", "2026-10-25T00:45:00Z", 1)).as("asked between the two")
                .containsExactly("2026-10-26T02:30+01:00");
    }

    @Test
    void whatRunsEveryHourRunsInEveryHourThatPasses() {
        assertThat(from("0 0 * * * ?", "2026-10-24T23:30:00Z", 4)).containsExactly("2026-10-25T02:00+02:00",
                "2026-10-25T02:00+01:00", "2026-10-25T03:00+01:00", "2026-10-25T04:00+01:00");
        assertThat(from("0 0 * * * ?", "2026-03-28T23:30:00Z", 3)).containsExactly("2026-03-29T01:00+01:00",
                "2026-03-29T03:00+02:00", "2026-03-29T04:00+02:00");
    }

    @Test
    void whatRunsEverySecondOfOneHourIsFoundInTheMiddleOfIt() {
        assertThat(from("* * 4 * * ?", "2026-06-01T02:30:00.500Z", 2)).containsExactly("2026-06-01T04:30:01+02:00",
                "2026-06-01T04:30:02+02:00");
    }

    @Test
    void aDayThatIsOverNeverComesAgain() {
        assertThat(new Cron("0 0 4 1 1 ? 2020", BERLIN).next(Instant.parse("2026-01-01T00:00:00Z"))).isEmpty();
    }

    @Test
    void fiveFieldsOfUnixCronAreNotTaken() {
        assertThatThrownBy(() -> new Cron("0 4 * * *", BERLIN)).isInstanceOf(IllegalArgumentException.class);
    }
}
