package net.reroute.health;

import java.time.Instant;
import java.util.function.Predicate;
import net.reroute.core.Health;
import net.reroute.core.Health.State;
import net.reroute.core.Target;

/** How steady servers are: failures of those that are UP, and turns between UP and DOWN. */
public final class Steadiness {

    /**
     * Of one target.
     *
     * @param failures while it is UP
     * @param turns between UP and DOWN, within {@link Turns#WITHIN}
     */
    public record Of(Flaps.Count failures, int turns) {

        static final Of STEADY = new Of(Flaps.Count.NONE, 0);

        /** True if it turned more often than one outage explains. */
        public boolean isFlapping() {
            return turns >= Turns.MANY;
        }
    }

    private final Flaps flaps = new Flaps();
    private final Turns turns = new Turns();

    /** Takes in a result, and tells the listener what it shows. */
    void note(Target target, Health before, Health now, HealthListener listener) {
        boolean turned = before.state() != now.state() && before.state() != State.UNKNOWN
                && now.state() != State.UNKNOWN;
        if (turned && turns.note(target, now.since()) == Turns.MANY) {
            listener.flapping(target, now);
        }
        if (before.state() != State.UP || now.state() != State.UP) {
            flaps.clear(target);
        } else {
            flaps.note(target, now.last().ok());
        }
        if (!now.last().ok() && now.last().asked() && before.state() == State.UP && before.against() == 0) {
            flaps.due(target, now.last().at()).ifPresentOrElse(count -> listener.unsteady(target, now, count),
                    () -> listener.suspected(target, now));
        }
    }

    Of of(Target target, Instant now) {
        return new Of(flaps.count(target), turns.count(target, now));
    }

    /** Forgets all other targets. */
    void keepOnly(Predicate<Target> wanted) {
        flaps.keepOnly(wanted);
        turns.keepOnly(wanted);
    }
}
