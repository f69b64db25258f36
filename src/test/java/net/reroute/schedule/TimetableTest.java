package net.reroute.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.reroute.schedule.Timetable.Entry;
import org.junit.jupiter.api.Test;

class TimetableTest {

    private static final Duration SOON = Duration.ofSeconds(25);
    private static final Duration LATER = Duration.ofDays(1);

    /** Of a row of new triggers Quartz heeds the last alone, and waited on for one that was no more. */
    @Test
    void aNewPlanIsHeededAtOnceWhateverStandsLastInIt() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            try (Timetable timetable = new Timetable()) {
                CountDownLatch old = new CountDownLatch(1);
                timetable.plan(List.of(new Entry("old", SOON, old::countDown)));
                assertThat(old.await(10, TimeUnit.SECONDS)).isTrue();
                CountDownLatch fired = new CountDownLatch(1);
                List<Entry> plan = new ArrayList<>(List.of(new Entry("at once", SOON, fired::countDown)));
                for (int n = 0; n < 200; n++) {
                    plan.add(new Entry("later " + n, LATER, () -> {
                    }));
                }
                timetable.plan(plan);
                assertThat(fired.await(10, TimeUnit.SECONDS)).as("after %d plans", i).isTrue();
            }
        }
    }
}
