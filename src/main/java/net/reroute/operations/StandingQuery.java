package net.reroute.operations;

import java.util.List;
import net.reroute.core.Health.State;
import net.reroute.core.Reason;
import net.reroute.operations.StandingFacts.Of;
import net.reroute.operations.Whereabouts.Agreement;

/** Finds the state of services, from the same snapshot as their decisions. */
record StandingQuery(StandingFacts facts) {

    Standing of(Of of) {
        ServiceState state = state(of);
        StandingWords words = new StandingWords(facts, of);
        return switch (state) {
            case OUT -> words.out();
            case STUCK -> words.stuck();
            case UNKNOWN -> words.unknown();
            case DRIFT -> words.drift();
            case PINNED -> words.pinned();
            case DRAINED, MOVED -> words.away(state);
            case OK -> words.ok();
        };
    }

    private ServiceState state(Of of) {
        if (isOut(of)) {
            return ServiceState.OUT;
        }
        if (isStuck(of)) {
            return ServiceState.STUCK;
        }
        if (isUnknown(of)) {
            return ServiceState.UNKNOWN;
        }
        return isAstray(of) ? ServiceState.DRIFT : calm(of);
    }

    /** The state of a service that is served, as decided. */
    private ServiceState calm(Of of) {
        if (facts.pin(of).isPresent()) {
            return ServiceState.PINNED;
        }
        if (of.isHome()) {
            return ServiceState.OK;
        }
        boolean drained = facts.missing(of).stream().anyMatch(s -> facts.maintenance(of.service(), s).isPresent());
        return drained ? ServiceState.DRAINED : ServiceState.MOVED;
    }

    private boolean isOut(Of of) {
        if (of.where().state() == Agreement.NOBODY) {
            return true;
        }
        if (of.where().state() == Agreement.DIFFERS) {
            return of.where().readings().values().stream().anyMatch(r -> isDead(of, r.seen().servers()));
        }
        return isDead(of, of.where().servers());
    }

    /** True if clients who are sent there reach nobody. */
    private boolean isDead(Of of, List<String> at) {
        return !at.isEmpty() && at.stream().noneMatch(s -> facts.state(of, s) == State.UP)
                && at.stream().anyMatch(s -> facts.state(of, s) == State.DOWN);
    }

    private boolean isStuck(Of of) {
        return switch (of.decision().kind()) {
            case STAY -> false;
            case HOLD -> of.decision().reason() instanceof Reason.NowhereToGo
                    || of.decision().reason() instanceof Reason.Vetoed;
            case PLANNED, FAILOVER -> facts.acts() && facts.unusable(of).isPresent();
        };
    }

    private boolean isUnknown(Of of) {
        return of.where().state() == Agreement.UNKNOWN || !of.where().servers().isEmpty()
                && of.where().servers().stream().noneMatch(s -> facts.state(of, s) == State.UP);
    }

    private boolean isAstray(Of of) {
        return of.where().state() == Agreement.STRANGER || !of.drift().isEmpty()
                || of.where().readings().values().stream().anyMatch(r -> !r.seen().remark().isEmpty());
    }
}
