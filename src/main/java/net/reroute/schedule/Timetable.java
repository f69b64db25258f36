package net.reroute.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.quartz.JobBuilder;
import org.quartz.JobDataMap;
import org.quartz.JobDetail;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/** The schedule of a running daemon: Quartz with a RAM job store, a trigger for each check. */
public final class Timetable implements AutoCloseable {

    /**
     * Something that recurs.
     *
     * @param name unique
     * @param every from one start to the next
     * @param what must return at once
     */
    public record Entry(String name, Duration every, Runnable what) {}

    /** Places of a row of numbers that stay evenly spread whatever their count: multiples of the golden ratio, modulo 1. */
    private static final double GOLDEN = 0.618_033_988_749_895;

    private final Scheduler scheduler;
    private final List<Entry> entries = new ArrayList<>();

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

    /** Plans all of these in place of what was planned before. First runs are spread over each one's interval. */
    public synchronized void plan(List<Entry> planned) {
        entries.clear();
        entries.addAll(planned);
        replan();
    }

    /**
     * Plans every trigger anew from the wall clock as it is now. Quartz goes by the wall clock: after a step backwards it
     * would fire nothing until the clock has come up again, after a step forwards everything at once.
     */
    public synchronized void replan() {
        try {
            scheduler.clear();
            long now = System.currentTimeMillis();
            for (int i = 0; i < entries.size(); i++) {
                schedule(entries.get(i), new Date(now + offset(i, entries.get(i).every())));
            }
            // Quartz may wait for a trigger that is no more, and of all that was planned since it heeds only the last: if
            // that is later, it would wait on, for an hour after the clock went back by one. This wakes it.
            scheduler.standby();
            scheduler.start();
        } catch (SchedulerException e) {
            throw new IllegalStateException("the schedule cannot be made", e);
        }
    }

    static long offset(int place, Duration every) {
        return (long) ((place * GOLDEN % 1.0) * every.toMillis());
    }

    private void schedule(Entry entry, Date first) throws SchedulerException {
        JobDetail job = JobBuilder.newJob(RunJob.class).withIdentity(entry.name())
                .usingJobData(new JobDataMap(Map.of(RunJob.WHAT, entry.what()))).build();
        // A round that was missed is never made up for: a check tells what is, not what was.
        Trigger trigger = TriggerBuilder.newTrigger().withIdentity(entry.name()).startAt(first)
                .withSchedule(
                        SimpleScheduleBuilder.simpleSchedule().withIntervalInMilliseconds(entry.every().toMillis())
                                .repeatForever().withMisfireHandlingInstructionNextWithRemainingCount())
                .build();
        scheduler.scheduleJob(job, trigger);
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
