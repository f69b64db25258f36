package net.reroute.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
                timetable.plan(List.of(new ScheduledTask("old", SOON, old::countDown)));
                assertThat(old.await(10, TimeUnit.SECONDS)).isTrue();
                CountDownLatch fired = new CountDownLatch(1);
                List<ScheduledTask> plan = new ArrayList<>(
                        List.of(new ScheduledTask("at once", SOON, fired::countDown)));
                for (int n = 0; n < 200; n++) {
                    plan.add(new ScheduledTask("later " + n, LATER, () -> {
                    }));
                }
                timetable.plan(plan);
                assertThat(fired.await(10, TimeUnit.SECONDS)).as("after %d plans", i).isTrue();
            }
        }
    }

    @Test
    void aStartByTheClockIsItsMomentAndAtMostTheJitterLater() {
        Cron cron = new Cron("0 0 4 * * ?", ZoneId.of("UTC"));
        Duration jitter = Duration.ofMinutes(5);
        for (int i = 0; i < 50; i++) {
            try (Timetable timetable = new Timetable()) {
                Instant moment = cron.next(Instant.now()).orElseThrow();
                timetable.plan(List.of(new ScheduledTask("at four", new Recurrence.At(cron, jitter), () -> {
                }), new ScheduledTask("never",
                        new Recurrence.At(new Cron("0 0 4 1 1 ? 2020", ZoneId.of("UTC")), jitter),
                        () -> {
                        })));
                assertThat(timetable.next("at four").orElseThrow()).isBetween(moment, moment.plus(jitter));
                assertThat(timetable.next("never")).isEmpty();
            }
        }
    }

    @Test
    void aStartThatWaitsForItsJitterSurvivesAPlanMadeAnew() {
        Duration interval = Duration.ofMillis(50);
        try (Timetable timetable = new Timetable()) {
            ScheduledTask tick = new ScheduledTask("tick", new Recurrence.At(new EachInterval(interval),
                    Duration.ofDays(300)), () -> {
                    });
            timetable.plan(List.of(tick));
            Instant planned = timetable.next("tick").orElseThrow();
            Instant momentIsOver = Instant.now().plus(interval.multipliedBy(2));
            while (Instant.now().isBefore(momentIsOver)) {
                Thread.onSpinWait();
            }
            timetable.replan();
            assertThat(timetable.next("tick")).as("not drawn anew").contains(planned);
        }
    }

    @Test
    void anIntervalIsCountedFromTheSameBeginningWhoeverPlansAndHoweverOften() {
        EachInterval six = new EachInterval(Duration.ofHours(6));
        assertThat(six.next(Instant.parse("2026-01-01T05:59:59.999Z"))).contains(Instant.parse("2026-01-01T06:00:00Z"));
        assertThat(six.next(Instant.parse("2026-01-01T06:00:00Z"))).contains(Instant.parse("2026-01-01T12:00:00Z"));
    }

    @Test
    void whatIsPlannedAsBeforeKeepsItsTime() {
        try (Timetable timetable = new Timetable()) {
            timetable.plan(List.of(entry("first", LATER), entry("second", LATER), entry("third", LATER)));
            Instant third = timetable.next("third").orElseThrow();
            for (int i = 0; i < 50; i++) {
                timetable.plan(List.of(entry("third", LATER), entry("new " + i, LATER),
                        entry("second", LATER.plusMinutes(i))));
            }
            assertThat(timetable.next("third")).contains(third);
            assertThat(timetable.next("first")).isEmpty();
            assertThat(timetable.next("new 49")).isPresent();
        }
    }

    @Test
    void whatRunsKeepsItsTimeHoweverOftenTheClockIsSet() {
        try (Timetable timetable = new Timetable()) {
            timetable.plan(List.of(entry("first", LATER), entry("second", LATER), entry("third", LATER)));
            Instant third = timetable.next("third").orElseThrow();
            timetable.plan(List.of(entry("third", LATER))); // the first of a new plan would be due at once
            for (int i = 0; i < 50; i++) {
                timetable.replan();
            }
            assertThat(Duration.between(third, timetable.next("third").orElseThrow()).abs())
                    .isLessThan(Duration.ofMinutes(1));
        }
    }

    @Test
    void whatIsDueIsDueByTheSteadyClock() {
        Duration every = Duration.ofSeconds(10);
        Duration spread = Duration.ofSeconds(4);
        assertThat(Timetable.until(null, 0, every, spread)).as("never planned").isEqualTo(spread);
        assertThat(Timetable.until(7_000_000_000L, 0, every, spread)).isEqualTo(Duration.ofSeconds(7));
        assertThat(Timetable.until(0L, 1_000_000_000L, every, spread)).as("a little late").isZero();
        assertThat(Timetable.until(0L, 11_000_000_000L, every, spread)).as("all are that late").isEqualTo(spread);
    }

    private static ScheduledTask entry(String name, Duration every) {
        return new ScheduledTask(name, every, () -> {
        });
    }
}
