package net.reroute.core;

import java.time.Instant;

/**
 * Who wished something, why and when.
 *
 * @param actor who
 * @param why in his own words; may be empty
 * @param at when
 */
public record Attribution(Actor actor, String why, Instant at) {

    public Attribution {
        why = Text.one(why);
    }

    /** reroute itself. */
    public static Attribution program(String why, Instant at) {
        return new Attribution(new Actor.Program(), why, at);
    }

    /** For people to read; never to tell actors apart. */
    public String who() {
        return actor.toString();
    }

    @Override
    public String toString() {
        return "by " + who() + (why.isEmpty() ? "" : " (" + why + ")");
    }
}
