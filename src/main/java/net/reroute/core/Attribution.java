package net.reroute.core;

import java.time.Instant;

/**
 * The author of a request, with reason and time.
 *
 * @param actor the author
 * @param why the reason in the author's words; may be empty
 * @param at when the request was made
 */
public record Attribution(Actor actor, String why, Instant at) {

    public Attribution {
        why = Text.one(why);
    }

    /** An attribution to reroute itself. */
    public static Attribution program(String why, Instant at) {
        return new Attribution(new Actor.Program(), why, at);
    }

    /** The actor's name for people. Do not compare actors by it. */
    public String who() {
        return actor.toString();
    }

    @Override
    public String toString() {
        return "by " + who() + (why.isEmpty() ? "" : " (" + why + ")");
    }
}
