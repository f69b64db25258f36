package net.reroute.core;

import java.time.Instant;

/**
 * Who wished something, why and when.
 *
 * @param who login name, as the system knows it
 * @param why in his own words; may be empty
 * @param at when
 */
public record By(String who, String why, Instant at) {

    @Override
    public String toString() {
        return "by " + who + (why.isEmpty() ? "" : " (" + why + ")");
    }
}
