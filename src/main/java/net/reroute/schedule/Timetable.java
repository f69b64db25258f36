package net.reroute.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.quartz.JobBuilder;
import org.quartz.JobDataMap;
import org.quartz.JobDetail;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;

/** The schedule of a running daemon: Quartz with a RAM job store, a trigger for each check. */
public final class Timetable implements AutoCloseable {

    /** When something recurs. */
    public sealed interface When {

        /** From one start to the next; the first is somewhere in the first interval. */
        record Every(Duration interval) implements When {}

        /** @param jitter each start is up to so much later */
        record At(Moments moments, Duration jitter) implements When {}
    }

    /** Moments by the clock on the wall. Two that are equal have the same ones. */
    public interface Moments {

        /** The first one after a moment; empty if there is none any more. */
        Optional<Instant> next(Instant after);
    }

    /**
     * Moments that are an interval apart, counted from the beginning of 1970 in UTC: whoever plans anew, however often,
     * comes to the same ones.
     */
    public record EachInterval(Duration interval) implements Moments {

        @Override
        public Optional<Instant> next(Instant after) {
            long step = interval.toMillis();
            return Optional.of(Instant.ofEpochMilli((Math.floorDiv(after.toEpochMilli(), step) + 1) * step));
        }
    }

    /**
     * A start that is planned.
     *
     * @param moment without jitter
     * @param start with it
     */
    private record Planned(When.At at, Instant moment, Instant start) {}

    /**
     * Something that recurs.
     *
     * @param name unique
     * @param when from one start to the next
     * @param what must return at once
     */
    public record Entry(String name, When when, Runnable what) {

        public Entry(String name, Duration every, Runnable what) {
            this(name, new When.Every(every), what);
        }
    }

    /** Places of a row of numbers that stay evenly spread whatever their count: multiples of the golden ratio, modulo 1. */
    private static final double GOLDEN = 0.618_033_988_749_895;

    private final Scheduler scheduler;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Planned> next = new ConcurrentHashMap<>();
    /** When what recurs by intervals is due, by nanoTime, which nobody sets. */
    private final Map<String, Long> due = new HashMap<>();
    private final Map<String, TriggerKey> triggers = new HashMap<>();

    public Timetable() {
        try {
            this.scheduler = new StdSchedulerFactory(properties()).getScheduler();
            scheduler.start();
        } catch (SchedulerException e) {
            throw new IllegalStateException("the scheduler does not start", e);
        }
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.putAll(Map.of("org.quartz.scheduler.instanceName", "reroute-" + System.nanoTime(),
                "org.quartz.threadPool.threadCount", "2", "org.quartz.scheduler.makeSchedulerThreadDaemon", "true",
                "org.quartz.threadPool.makeThreadsDaemons", "true",
                // Firing many in one go halves the cost of a thousand a second; two milliseconds early is no harm.
                "org.quartz.scheduler.batchTriggerAcquisitionMaxCount", "50",
                "org.quartz.scheduler.batchTriggerAcquisitionFireAheadTimeWindow", "2"));
        return properties;
    }

    /**
     * Plans all of these in place of what was planned before. What is to run as before keeps its time. First runs are spread
     * over each one's interval.
     */
    public synchronized void plan(List<Entry> planned) {
        Map<String, Entry> wanted = new LinkedHashMap<>();
        planned.forEach(e -> wanted.put(e.name(), e));
        List<Entry> gone = entries.values().stream().filter(e -> !isSame(e, wanted.get(e.name()))).toList();
        Set<String> fresh = wanted.values().stream().filter(e -> !isSame(e, entries.get(e.name())))
                .map(Entry::name).collect(Collectors.toSet());
        entries.clear();
        entries.putAll(wanted);
        try {
            for (Entry entry : gone) {
                due.remove(entry.name());
                next.remove(entry.name());
                TriggerKey trigger = triggers.remove(entry.name());
                if (trigger != null) {
                    scheduler.unscheduleJob(trigger);
                }
            }
            schedule(fresh);
        } catch (SchedulerException e) {
            throw new IllegalStateException("the schedule cannot be made", e);
        }
    }

    private static boolean isSame(Entry entry, Entry other) {
        return other != null && entry.when().equals(other.when());
    }

    private void schedule(Set<String> names) throws SchedulerException {
        if (names.isEmpty()) {
            return;
        }
        int place = 0;
        for (Entry entry : entries.values()) {
            if (names.contains(entry.name())) {
                schedule(entry, place);
            }
            place++;
        }
        // Quartz may wait for a trigger that is no more, and of all that was planned since it heeds only the last: if
        // that is later, it would wait on, for an hour after the clock went back by one. This wakes it.
        scheduler.standby();
        scheduler.start();
    }

    /**
     * Makes every trigger anew, for the time it was planned for. Quartz goes by the wall clock: after a step backwards it
     * would fire nothing until the clock has come up again, after a step forwards everything at once.
     */
    public synchronized void replan() {
        try {
            scheduler.clear();
            triggers.clear();
            schedule(entries.keySet());
        } catch (SchedulerException e) {
            throw new IllegalStateException("the schedule cannot be made", e);
        }
    }

    /** When something runs next; empty if it does not. */
    public synchronized Optional<Instant> next(String name) {
        return Optional.ofNullable(entries.get(name)).flatMap(e -> switch (e.when()) {
            case When.Every every -> fireTime(name);
            case When.At at -> Optional.ofNullable(next.get(name)).map(Planned::start);
        });
    }

    private Optional<Instant> fireTime(String name) {
        try {
            return Optional.ofNullable(scheduler.getTrigger(TriggerKey.triggerKey(name)))
                    .map(Trigger::getNextFireTime).map(Date::toInstant);
        } catch (SchedulerException e) {
            throw new IllegalStateException("the schedule cannot be read", e);
        }
    }

    static long offset(int place, Duration every) {
        return (long) ((place * GOLDEN % 1.0) * every.toMillis());
    }

    /**
     * So long until a start.
     *
     * @param due when it is due, by {@code now}; null if that has not been planned yet
     * @param spread so long if nothing better is known
     */
    static Duration until(Long due, long now, Duration every, Duration spread) {
        long left = due == null ? 0 : due - now;
        boolean missed = due != null && left < -every.toNanos(); // everything was: not all in the same moment
        return due == null || missed ? spread : Duration.ofNanos(Math.clamp(left, 0, every.toNanos()));
    }

    private void schedule(Entry entry, int place) throws SchedulerException {
        Instant now = Instant.now();
        long nanos = System.nanoTime();
        switch (entry.when()) {
            case When.Every(Duration every) -> {
                Duration until = until(due.get(entry.name()), nanos, every, Duration.ofMillis(offset(place, every)));
                due.put(entry.name(), nanos + until.toNanos());
                TriggerKey key = TriggerKey.triggerKey(entry.name());
                triggers.put(entry.name(), key);
                // A round that was missed is never made up for: a check tells what is, not what was.
                scheduler.scheduleJob(job(entry.name(), () -> fired(entry.name(), every)), TriggerBuilder.newTrigger()
                        .withIdentity(key).startAt(Date.from(now.plus(until)))
                        .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                                .withIntervalInMilliseconds(every.toMillis())
                                .repeatForever().withMisfireHandlingInstructionNextWithRemainingCount())
                        .build());
            }
            case When.At at -> once(entry, at, now);
        }
    }

    private void fired(String name, Duration every) {
        Entry entry;
        synchronized (this) {
            entry = entries.get(name);
            if (entry == null || !entry.when().equals(new When.Every(every))) {
                return; // planned otherwise in the meantime
            }
            due.put(name, System.nanoTime() + every.toNanos());
        }
        entry.what().run();
    }

    /**
     * One start, which plans the next: the jitter differs each time, and clocks that jump are ours to count. One that was
     * planned before and has not been is still to come, at once if its time went by with a jump of the clock.
     */
    private void once(Entry entry, When.At at, Instant now) throws SchedulerException {
        Planned before = next.get(entry.name());
        boolean stillToCome = before != null && before.at().equals(at) && before.moment().isBefore(now);
        Optional<Instant> moment = stillToCome ? Optional.of(before.moment()) : at.moments().next(now);
        if (moment.isEmpty()) {
            next.remove(entry.name());
            return;
        }
        Instant start = stillToCome ? before.start() : moment.get().plusMillis(jitter(at));
        Planned planned = new Planned(at, moment.get(), start.isBefore(now) ? now : start);
        next.put(entry.name(), planned);
        TriggerKey key = TriggerKey.triggerKey(entry.name() + " " + planned.moment());
        triggers.put(entry.name(), key);
        scheduler.scheduleJob(job(entry.name(), () -> fired(entry.name(), at, planned)), TriggerBuilder.newTrigger()
                .withIdentity(key).startAt(Date.from(planned.start())).build());
    }

    private static long jitter(When.At at) {
        return at.jitter().isZero() ? 0 : ThreadLocalRandom.current().nextLong(at.jitter().toMillis() + 1);
    }

    private void fired(String name, When.At at, Planned planned) {
        Entry entry;
        try {
            synchronized (this) {
                entry = entries.get(name);
                if (entry == null || !entry.when().equals(at) || !next.remove(name, planned)) {
                    return; // planned anew in the meantime
                }
                // Late by hours, it is not made up for by a row of starts.
                Instant now = Instant.now();
                once(entry, at, planned.moment().isAfter(now) ? planned.moment() : now);
            }
        } catch (SchedulerException e) {
            throw new IllegalStateException("the next start of " + name + " cannot be planned", e);
        }
        entry.what().run();
    }

    private static JobDetail job(String name, Runnable what) {
        return JobBuilder.newJob(RunJob.class).withIdentity(name + " " + System.nanoTime())
                .usingJobData(new JobDataMap(Map.of(RunJob.WHAT, what))).build();
    }

    @Override
    public void close() {
        try {
            scheduler.shutdown(false);
        } catch (SchedulerException e) {
            throw new IllegalStateException("the scheduler does not stop", e);
        }
    }
}
