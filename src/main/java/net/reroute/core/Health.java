package net.reroute.core;

import java.time.Instant;
import net.reroute.core.CheckSpec.Timers;

/**
 * What one check knows of one server. One success turns UNKNOWN into UP; DOWN always takes {@code fall} failures. A
 * check that could not be run makes the health UNKNOWN.
 *
 * @param state the state in force
 * @param since when the state was found
 * @param against results in a row that contradict the state
 * @param doubtSince when the first of those began; without any, when the first result that led to this state began, or
 *     {@code since}
 * @param last the newest result; null before the first
 */
public record Health(State state, Instant since, int against, Instant doubtSince, CheckResult last) {

    public enum State {
        UNKNOWN, UP, DOWN
    }

    /** Nothing is known yet. */
    public static Health unknown(Instant since) {
        return new Health(State.UNKNOWN, since, 0, since, null);
    }

    /** True while the check should run at its fast interval. */
    public boolean inDoubt() {
        return state == State.UNKNOWN || against > 0;
    }

    /** The health after one more result. */
    public Health after(CheckResult result, Timers timers) {
        if (!result.asked()) {
            return new Health(State.UNKNOWN, state == State.UNKNOWN ? since : result.at(), 0, result.at(), result);
        }
        if (state == State.UNKNOWN && result.ok()) {
            return settled(State.UP, result, result.began());
        }
        if (state != State.UNKNOWN && result.ok() == (state == State.UP)) {
            return new Health(state, since, 0, against == 0 ? doubtSince : since, result);
        }
        Instant began = against == 0 ? result.began() : doubtSince;
        if (against + 1 >= (state == State.DOWN ? timers.rise() : timers.fall())) {
            return settled(state == State.DOWN ? State.UP : State.DOWN, result, began);
        }
        return new Health(state, since, against + 1, began, result);
    }

    private static Health settled(State state, CheckResult result, Instant began) {
        return new Health(state, result.at(), 0, began, result);
    }

    /** This health as seen at {@code now}: UNKNOWN if its last result is stale. */
    public Health at(Instant now, Timers timers) {
        boolean stale = last != null && last.at().plus(timers.staleAfter()).isBefore(now);
        return stale && state != State.UNKNOWN
                ? new Health(State.UNKNOWN, last.at(), 0, last.at(),
                        new CheckResult(false, "no check for " + Durations.age(last.at(), now), last.at(), last.took()))
                : this;
    }
}
