package net.reroute.health;

import java.time.Instant;
import net.reroute.core.Health;
import net.reroute.core.Target;

/** Told of every change of a state, and of the end of every doubt. */
public interface HealthListener {
    void changed(Target target, Health before, Health now);

    /** A server that was DOWN has answered once; what that proves is another matter. */
    default void sighted(Target target) {}

    /** The first failure of a server that was UP. */
    default void suspected(Target target, Health now) {}

    /** In its place where such a server fails again and again; seldom told. */
    default void unsteady(Target target, Health now, Flaps.Count count) {}

    /** A certificate was shown that will expire. */
    default void certified(Target target, Instant until) {}
}
