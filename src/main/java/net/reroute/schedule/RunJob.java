package net.reroute.schedule;

import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a scheduled task. An exception is logged, and the schedule goes on. */
public final class RunJob implements Job {

    static final String WHAT = "what";

    private static final Logger LOG = LoggerFactory.getLogger(RunJob.class);

    @Override
    public void execute(JobExecutionContext context) {
        try {
            ((Runnable) context.getMergedJobDataMap().get(WHAT)).run();
        } catch (RuntimeException e) {
            LOG.error("{} ended with an internal error; it runs again next time",
                    context.getTrigger().getKey().getName(), e);
        }
    }
}
