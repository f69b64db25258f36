package net.reroute.core;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Steps that run one after another, on an event, at a time, or by hand.
 *
 * @param name name of the file
 * @param enabled false: it runs only by hand
 * @param when empty: it runs only by hand or from another playbook
 * @param steps in order
 */
public record Playbook(String name, boolean enabled, Optional<When> when, List<Step> steps) {

    /** What starts it. */
    public sealed interface When {

        /**
         * @param kind of event
         * @param filter facts that the event must have
         * @param beforeMove true: a move off a server that is DOWN waits until the playbook has ended
         */
        record On(Event.Kind kind, Map<String, String> filter, boolean beforeMove) implements When {

            public On {
                filter = Map.copyOf(filter);
            }
        }

        /**
         * @param schedule a cron expression or an interval
         * @param jitter each start is delayed at random by up to this time
         * @param missed true: a start that was missed while no daemon ran is made up for, once
         */
        record At(Schedule schedule, Duration jitter, boolean missed) implements When {}
    }

    /** A cron expression with its time zone, or an interval. */
    public sealed interface Schedule {

        record Cron(String expression, ZoneId zone) implements Schedule {}

        record Every(Duration interval) implements Schedule {}
    }

    /**
     * @param action what the step does
     * @param within deadline of one try
     * @param tries how often it is tried
     * @param goOn true: the playbook continues even if the step fails
     */
    public record Step(Action action, Duration within, int tries, boolean goOn) {

        /** The longest time that the step can take. */
        public Duration longest() {
            return within.multipliedBy(tries);
        }
    }

    /** What a step does. Texts and commands may contain facts of the event in braces: {@code {server}}. */
    public sealed interface Action {

        /** @param at {@code server} (the event's), {@code controller}, or a server's name */
        record Run(String at, List<String> command) implements Action {}

        /** Runs a command. If it fails, the pending move is not made, and the command's output is the reason. */
        record Veto(String at, List<String> command) implements Action {}

        /** Repeats the event's check. Success ends the playbook. */
        record Recheck() implements Action {}

        /** @param lasting how long the pin lasts; empty: until it is released */
        record Move(String service, String to, Optional<Duration> lasting) implements Action {}

        record Release(String service) implements Action {}

        /** @param lasting how long the maintenance lasts; empty: until it is ended */
        record Drain(String server, Optional<Duration> lasting) implements Action {}

        record Undrain(String server) implements Action {}

        /**
         * @param restoreAfter time until an interface is set up again
         * @param power a command on this machine that switches the server off; may be empty
         */
        record Fence(String server, Takeover.Means means, Duration restoreAfter, List<String> power)
                implements
                    Action {}

        record Pause(Duration time) implements Action {}

        /** @param lasting how long the server must have been in this state */
        record Await(String server, Health.State state, Duration lasting) implements Action {}

        /** @param to name of a channel */
        record Notify(String to, String text) implements Action {}

        record Play(String playbook) implements Action {}

        /** @param window hours in which the drill may run; empty: any */
        record Drill(String server, boolean shadow, Optional<Hours> window) implements Action {}
    }

    /** The name of a step in files and messages. */
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
