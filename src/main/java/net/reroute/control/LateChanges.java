package net.reroute.control;

import net.reroute.core.ActiveIntents;
import net.reroute.core.Decision;
import net.reroute.core.Health.State;

/** What has happened while a move was made. Cycles meanwhile knew only the servers of before. */
final class LateChanges {

    private final Parts parts;

    LateChanges(Parts parts) {
        this.parts = parts;
    }

    /**
     * True if the new servers have failed or were drained, or if others depend on where the service is. Not for every
     * move, since thousands may end at once.
     */
    boolean isToBeDecidedAgain(Decision decision) {
        String service = decision.service().name();
        ActiveIntents intents = parts.audit().state().intents();
        if (!decision.isMove()) {
            return false;
        }
        return decision.service().isList() || parts.inventory().isListed(service) || decision.to().stream()
                .anyMatch(s -> parts.monitor().verdict(s, service).state() == State.DOWN
                        || intents.maintenance(s, parts.clock().instant()).isPresent());
    }
}
