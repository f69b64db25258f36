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
 * @param enabled false: it runs only by hand
 * @param when empty: by hand, or from another playbook only
 * @param steps in order
 */
public record Playbook(String name, boolean enabled, Optional<When> when, List<Step> steps) {

    /** What starts it. */
    public sealed interface When {

        /**
         * @param kind of event
         * @param filter facts the event must have
         * @param beforeMove true: a move off a server that is DOWN waits until it has ended
         */
        record On(Event.Kind kind, Map<String, String> filter, boolean beforeMove) implements When {

            public On {
                filter = Map.copyOf(filter);
            }
        }

        /**
         * @param schedule a cron expression, or how often
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
    public record Step(Action action, Duration within, int tries, boolean goOn) {

        /** As long as it can take, at most. */
        public Duration longest() {
            return within.multipliedBy(tries);
        }
    }

    /** What a step does. Texts and words may name facts of the event in braces: {@code {server}}. */
    public sealed interface Action {

        /** @param at {@code server} (the event's), {@code controller}, or a server's name */
        record Run(String at, List<String> command) implements Action {}

        /** As run; if it fails, the move that is about to be made is not made, and its output is the reason. */
        record Veto(String at, List<String> command) implements Action {}

        /** Asks the event's check again; success ends the playbook. */
        record Recheck() implements Action {}

        /** @param lasting how long the service stays pinned there */
        record Move(String service, String to, Optional<Duration> lasting) implements Action {}

        record Release(String service) implements Action {}

        /** @param lasting when the maintenance ends by itself */
        record Drain(String server, Optional<Duration> lasting) implements Action {}

        record Undrain(String server) implements Action {}

        /**
         * @param restoreAfter when an interface comes up again by itself
         * @param power a command here that switches it off; may be empty
         */
        record Fence(String server, Takeover.Means means, Duration restoreAfter, List<String> power)
                implements
                    Action {}

        record Pause(Duration time) implements Action {}

        /** @param lasting how long it has to have been so */
        record Await(String server, Health.State state, Duration lasting) implements Action {}

        /** @param to a channel */
        record Notify(String to, String text) implements Action {}

        record Play(String playbook) implements Action {}

        /** @param window no drill outside of these hours; empty: whenever it is asked for */
        record Drill(String server, boolean shadow, Optional<Hours> window) implements Action {}
    }

    /** The name of a step in files and sentences. */
    public static String word(Action action) {
        return switch (action) {
            case Action.Run r -> "run";
            case Action.Veto v -> "veto";
            case Action.Recheck r -> "recheck";
            case Action.Move m -> "move";
            case Action.Release r -> "release";
            case Action.Drain d -> "drain";
            case Action.Undrain u -> "undrain";
            case Action.Fence f -> "fence";
            case Action.Pause p -> "wait";
            case Action.Await a -> "wait";
            case Action.Notify n -> "notify";
            case Action.Play p -> "playbook";
            case Action.Drill d -> "drill";
        };
    }
}
