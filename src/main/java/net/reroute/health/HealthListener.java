package net.reroute.health;

import java.time.Instant;
import net.reroute.core.CheckResult;
import net.reroute.core.Health;
import net.reroute.core.Target;

/** Receives changes of health. Called on the thread that brought the result. */
public interface HealthListener {
    /** The state changed, or a doubt ended. After an address could not be asked for, both healths are UNKNOWN. */
    void changed(Target target, Health before, Health now);

    /** A check ended, whatever follows from it. Called often; it must return at once. */
    default void checked(Target target, CheckResult result) {}

    /** A server that was DOWN has answered once. This proves little. */
    default void sighted(Target target) {}

    /** The first failure of a server that was UP. */
    default void suspected(Target target, Health now) {}

    /** Called instead of {@link #suspected}, and rarely, if the server has failed often lately. */
    default void unsteady(Target target, Health now, Flaps.Count count) {}

    /** A server turned UP or DOWN too often: {@link Turns#MANY} times within {@link Turns#WITHIN}. */
    default void flapping(Target target, Health now) {}

    /**
     * A check was shown a certificate.
     *
     * @param until when it expires
     */
    default void certified(Target target, Instant until) {}
}
