package net.reroute.schedule;

import java.time.Duration;

/**
 * A task that recurs.
 *
 * @param name unique
 * @param when from one start to the next
 * @param what must return at once
 */
public record ScheduledTask(String name, Recurrence when, Runnable what) {

    public ScheduledTask(String name, Duration every, Runnable what) {
        this(name, new Recurrence.Every(every), what);
    }
}
