package net.reroute.core;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Steps that are gone through one after another, when something happens, at a time, or by hand.
 *
 * @param name of the file
 * @param when empty: by hand, or from another playbook only
 * @param steps in order
 */
public record Playbook(String name, Optional<When> when, List<Step> steps) {

    /** What starts it. */
    public sealed interface When {

        /**
         * @param kind of event
         * @param filter facts the event must have
         * @param beforeMove true: a move off the server waits until it has ended
         */
        record On(Event.Kind kind, Map<String, String> filter, boolean beforeMove) implements When {}

        /**
         * @param schedule a Quartz cron expression, or how often
         * @param jitter it starts up to so much later, so that many do not start at once
         * @param missed whether a start that was missed while nobody ran is made up for, once
         */
        record At(Schedule schedule, Duration jitter, boolean missed) implements When {}
    }

    /** Cron expression with its time zone, or an interval. */
    public sealed interface Schedule {

        record Cron(String expression, ZoneId zone) implements Schedule {}

        record Every(Duration interval) implements Schedule {}
    }

    /**
     * @param action what is done
     * @param within deadline of one try
     * @param tries how often it is tried
     * @param goOn true: what follows is done also if it failed
     */
    public record Step(Action action, Duration within, int tries, boolean goOn) {}

    /** What a step does. Texts and words may name facts of the event in braces: {@code {server}}. */
    public sealed interface Action {

        /** @param at {@code server} (the event's), {@code controller}, or a server's name */
        record Run(String at, List<String> command) implements Action {}

        /** As run; if it fails, the move that is about to be made is not made, and its output is the reason. */
        record Veto(String at, List<String> command) implements Action {}

        /** Asks the event's check again; success ends the playbook. */
        record Recheck() implements Action {}

        record Move(String service, String to) implements Action {}

        record Release(String service) implements Action {}

        record Drain(String server) implements Action {}

        record Undrain(String server) implements Action {}

        /** @param power a command here that switches it off; may be empty */
        record Fence(String server, Takeover.Means means, List<String> power) implements Action {}

        /** @param until server that has to be UP; empty: just so long */
        record Wait(Duration time, Optional<String> until) implements Action {}

        record Notify(String to, String text) implements Action {}

        record Play(String playbook) implements Action {}
    }
}
