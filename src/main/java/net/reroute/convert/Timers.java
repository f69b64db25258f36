package net.reroute.convert;

import java.time.Duration;
import java.util.List;
import net.reroute.core.Durations;

/**
 * The timers of a check, as the inventory has them.
 *
 * @param every interval while the state is settled
 * @param fast interval while it is in doubt
 * @param timeout deadline of one run
 */
record Timers(Duration every, Duration fast, Duration timeout, int rise, int fall) {

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MOST = 9999;

    /**
     * These timers within the limits of the inventory; where one had to change, a note says so. A deadline is kept, since
     * a shorter one would fail servers that are slow.
     */
    Timers fitted(List<Remark> notes) {
        Duration deadline = within("timeout", timeout, LONGEST, notes);
        Duration interval = within("every", every, LONGEST, notes);
        if (deadline.compareTo(interval) > 0) {
            notes.add(Remark.note("'every' is " + Durations.text(deadline) + " here, " + Durations.text(interval)
                    + " in the source: it is never shorter than 'timeout'"));
            interval = deadline;
        }
        return new Timers(interval, within("fast", fast, interval, notes), deadline, counted("rise", rise, notes),
                counted("fall", fall, notes));
    }

    private static Duration within(String key, Duration wish, Duration most, List<Remark> notes) {
        Duration least = wish.compareTo(SHORTEST) < 0 ? SHORTEST : wish;
        Duration fit = least.compareTo(most) > 0 ? most : least;
        if (!fit.equals(wish)) {
            notes.add(Remark.note("'" + key + "' is " + Durations.text(fit) + " here, " + Durations.text(wish)
                    + " in the source: it is from 10ms to " + (most.equals(LONGEST) ? "1d" : "the value of 'every'")));
        }
        return fit;
    }

    private static int counted(String key, int wish, List<Remark> notes) {
        int fit = Math.clamp(wish, 1, MOST);
        if (fit != wish) {
            notes.add(Remark.note("'" + key + "' is " + fit + " here, " + wish + " in the source"));
        }
        return fit;
    }

    /** How long it takes at worst to notice a server that is silent: the formula of 'reroute validate'. */
    Duration worst() {
        Duration round = fast.compareTo(timeout) > 0 ? fast : timeout;
        return every.plus(round.multipliedBy(fall - 1L)).plus(timeout);
    }

    /** Says the difference to the source's own time, if it is worth a word. */
    List<Remark> compared(String tool, Duration theirs) {
        return worst().minus(theirs).abs().compareTo(Duration.ofMillis(1)) < 0
                ? List.of()
                : List.of(Remark.note("a silent server is noticed within " + Durations.text(worst()) + "; " + tool
                        + " needed up to " + Durations.text(theirs)));
    }

    void writeTo(Entry entry) {
        entry.set("every", yaml(every)).set("fast", yaml(fast)).set("timeout", yaml(timeout))
                .set("rise", Scalar.of(rise)).set("fall", Scalar.of(fall));
    }

    /** A duration without loss: in whole seconds, or in milliseconds. */
    static String yaml(Duration time) {
        return time.toMillisPart() == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
    }
}
