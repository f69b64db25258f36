package net.reroute.schedule;

import java.time.Duration;

/** When a task recurs. */
public sealed interface Recurrence {

    /** At a fixed interval from one start to the next; the first start is somewhere in the first interval. */
    record Every(Duration interval) implements Recurrence {}

    /** @param jitter the longest random delay of a start */
    record At(Moments moments, Duration jitter) implements Recurrence {}
}
