package net.reroute.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** The schedule of a running daemon: which tasks recur, and when each is due next. Quartz fires them. Thread-safe. */
public final class Timetable implements AutoCloseable {

    /**
     * A start that is planned.
     *
     * @param moment without jitter
     * @param start with it
     */
    private record Planned(Recurrence.At at, Instant moment, Instant start) {}

    /** Multiples of the golden ratio, modulo 1, stay evenly spread whatever their count. */
    private static final double GOLDEN = 0.618_033_988_749_895;

    private final QuartzTriggers triggers = new QuartzTriggers();
    private final Map<String, ScheduledTask> tasks = new LinkedHashMap<>();
    private final Map<String, Planned> next = new ConcurrentHashMap<>();
    /** When tasks with an interval are due, by nanoTime, which no change of the clock affects. */
    private final Map<String, Long> due = new HashMap<>();

    /**
     * Replaces the plan. A task that recurs as before keeps its time. First runs are spread over the interval of each
     * task.
     */
    public synchronized void plan(List<ScheduledTask> planned) {
        Map<String, ScheduledTask> wanted = new LinkedHashMap<>();
        planned.forEach(t -> wanted.put(t.name(), t));
        List<ScheduledTask> gone = tasks.values().stream().filter(t -> !isSame(t, wanted.get(t.name()))).toList();
        Set<String> fresh = wanted.values().stream().filter(t -> !isSame(t, tasks.get(t.name())))
                .map(ScheduledTask::name).collect(Collectors.toSet());
        tasks.clear();
        tasks.putAll(wanted);
        gone.forEach(t -> forget(t.name()));
        schedule(fresh);
    }

    private static boolean isSame(ScheduledTask task, ScheduledTask other) {
        return other != null && task.when().equals(other.when());
    }

    private void forget(String name) {
        due.remove(name);
        next.remove(name);
        triggers.remove(name);
    }

    private void schedule(Set<String> names) {
        if (names.isEmpty()) {
            return;
        }
        int place = 0;
        for (ScheduledTask task : tasks.values()) {
            if (names.contains(task.name())) {
                schedule(task, place);
            }
            place++;
        }
        triggers.wake();
    }

    private void schedule(ScheduledTask task, int place) {
        switch (task.when()) {
            case Recurrence.Every(Duration interval) -> every(task.name(), interval, place);
            case Recurrence.At at -> once(task.name(), at, Instant.now());
        }
    }

    /**
     * Makes every trigger anew, for the time it was planned for. Quartz goes by the wall clock: after a step backwards
     * it would fire nothing until the clock has come up again, after a step forwards everything at once.
     */
    public synchronized void replan() {
        triggers.clear();
        schedule(tasks.keySet());
    }

    /** When a task runs next, with its jitter; empty if there is no such task, or no further run. */
    public synchronized Optional<Instant> next(String name) {
        return Optional.ofNullable(tasks.get(name)).flatMap(t -> switch (t.when()) {
            case Recurrence.Every every -> triggers.next(name);
            case Recurrence.At at -> Optional.ofNullable(next.get(name)).map(Planned::start);
        });
    }

    // ---- at an interval ------------------------------------------------------------------------------------------

    private void every(String name, Duration interval, int place) {
        Instant now = Instant.now();
        long nanos = System.nanoTime();
        Duration until = until(due.get(name), nanos, interval, Duration.ofMillis(offset(place, interval)));
        due.put(name, nanos + until.toNanos());
        triggers.every(name, now.plus(until), interval, () -> fired(name, interval));
    }

    static long offset(int place, Duration interval) {
        return (long) ((place * GOLDEN % 1.0) * interval.toMillis());
    }

    /**
     * The time until a start.
     *
     * @param due when it is due, by {@code now}; null if that has not been planned yet
     * @param spread the time until a start that was not planned, or was missed
     */
    static Duration until(Long due, long now, Duration interval, Duration spread) {
        long left = due == null ? 0 : due - now;
        // After a pause every task was missed: they must not all start in the same moment.
        boolean missed = due != null && left < -interval.toNanos();
        return due == null || missed ? spread : Duration.ofNanos(Math.clamp(left, 0, interval.toNanos()));
    }

    private void fired(String name, Duration interval) {
        ScheduledTask task;
        synchronized (this) {
            task = tasks.get(name);
            if (task == null || !task.when().equals(new Recurrence.Every(interval))) {
                return; // the plan changed in the meantime
            }
            due.put(name, System.nanoTime() + interval.toNanos());
        }
        task.what().run();
    }

    // ---- by the wall clock ---------------------------------------------------------------------------------------

    /**
     * Plans one start, which plans the next: the jitter is drawn each time, and Quartz does not notice that the clock
     * jumps. A start that was planned and has not taken place stays planned; if the clock jumped over it, it takes
     * place at once.
     */
    private void once(String name, Recurrence.At at, Instant now) {
        Optional<Planned> planned = stillToCome(name, at, now)
                .or(() -> at.moments().next(now).map(m -> new Planned(at, m, m.plusMillis(jitter(at)))))
                .map(p -> p.start().isBefore(now) ? new Planned(at, p.moment(), now) : p);
        if (planned.isEmpty()) {
            next.remove(name);
            return;
        }
        Planned start = planned.get();
        next.put(name, start);
        triggers.once(name, start.moment(), start.start(), () -> fired(name, start));
    }

    private Optional<Planned> stillToCome(String name, Recurrence.At at, Instant now) {
        return Optional.ofNullable(next.get(name)).filter(p -> p.at().equals(at) && p.moment().isBefore(now));
    }

    private static long jitter(Recurrence.At at) {
        return at.jitter().isZero() ? 0 : ThreadLocalRandom.current().nextLong(at.jitter().toMillis() + 1);
    }

    private void fired(String name, Planned planned) {
        ScheduledTask task;
        synchronized (this) {
            task = tasks.get(name);
            if (task == null || !task.when().equals(planned.at()) || !next.remove(name, planned)) {
                return; // the plan changed in the meantime
            }
            // A start that is hours late is not made up for by a row of starts.
            Instant now = Instant.now();
            once(name, planned.at(), planned.moment().isAfter(now) ? planned.moment() : now);
        }
        task.what().run();
    }

    @Override
    public void close() {
        triggers.close();
    }
}
