package net.reroute.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
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

/** One Quartz trigger for each task, in a RAM job store. Not safe for many threads: the caller holds a lock. */
final class QuartzTriggers implements AutoCloseable {

    private final Scheduler scheduler;
    private final Map<String, TriggerKey> keys = new HashMap<>();

    QuartzTriggers() {
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

    /** Runs a task at an interval. A missed run is never made up for: a check shows what is, not what was. */
    void every(String name, Instant first, Duration interval, Runnable what) {
        TriggerKey key = TriggerKey.triggerKey(name);
        start(name, key, what, TriggerBuilder.newTrigger().withIdentity(key).startAt(Date.from(first))
                .withSchedule(SimpleScheduleBuilder.simpleSchedule().withIntervalInMilliseconds(interval.toMillis())
                        .repeatForever().withMisfireHandlingInstructionNextWithRemainingCount())
                .build());
    }

    /** Runs a task once. The moment is part of the key, since the trigger that fires now still exists under its own. */
    void once(String name, Instant moment, Instant start, Runnable what) {
        TriggerKey key = TriggerKey.triggerKey(name + " " + moment);
        start(name, key, what,
                TriggerBuilder.newTrigger().withIdentity(key).startAt(Date.from(start)).build());
    }

    private void start(String name, TriggerKey key, Runnable what, Trigger trigger) {
        keys.put(name, key);
        try {
            scheduler.scheduleJob(job(name, what), trigger);
        } catch (SchedulerException e) {
            throw new IllegalStateException("the next start of " + name + " cannot be planned", e);
        }
    }

    private static JobDetail job(String name, Runnable what) {
        return JobBuilder.newJob(RunJob.class).withIdentity(name + " " + System.nanoTime())
                .usingJobData(new JobDataMap(Map.of(RunJob.WHAT, what))).build();
    }

    void remove(String name) {
        TriggerKey key = keys.remove(name);
        if (key != null) {
            change(() -> scheduler.unscheduleJob(key));
        }
    }

    void clear() {
        keys.clear();
        change(scheduler::clear);
    }

    /**
     * Makes Quartz look at new triggers. Of several new triggers it heeds only the last: if that one is later than the
     * trigger it waits for, it would wait on, for an hour after the clock went back by one.
     */
    void wake() {
        change(() -> {
            scheduler.standby();
            scheduler.start();
        });
    }

    private interface Change {
        void make() throws SchedulerException;
    }

    private static void change(Change change) {
        try {
            change.make();
        } catch (SchedulerException e) {
            throw new IllegalStateException("the schedule cannot be made", e);
        }
    }

    /** When a task that recurs at an interval runs next; empty if there is none. */
    Optional<Instant> next(String name) {
        try {
            return Optional.ofNullable(scheduler.getTrigger(TriggerKey.triggerKey(name)))
                    .map(Trigger::getNextFireTime).map(Date::toInstant);
        } catch (SchedulerException e) {
            throw new IllegalStateException("the schedule cannot be read", e);
        }
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
