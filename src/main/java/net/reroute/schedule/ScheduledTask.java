package net.reroute.schedule;

import java.time.Duration;

/**
 * A task that recurs.
 *
 * @param name unique
 * @param when it recurs
 * @param what must return at once
 */
public record ScheduledTask(String name, Recurrence when, Runnable what) {

    /** A task at a fixed interval. */
    public ScheduledTask(String name, Duration every, Runnable what) {
        this(name, new Recurrence.Every(every), what);
    }
}
