package net.reroute.control;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.control.MoveState.Input;
import net.reroute.control.RouterRound.Result;
import net.reroute.core.Decision;
import net.reroute.core.Snapshot;

/** The moves in progress, at most one for each service. Thread-safe; also guards the moves themselves. */
final class MovesInProgress {

    private final Map<String, Move> moves = new HashMap<>();

    /** True if no move of this service to the same servers is in progress. */
    synchronized boolean isNew(Decision decision) {
        Move under = moves.get(decision.service().name());
        return under == null || !under.decision.to().equals(decision.to());
    }

    /** Adds a move. Returns the move that it replaces, which gets no more results. */
    synchronized Optional<Move> add(Move move) {
        return Optional.ofNullable(moves.put(move.decision.service().name(), move));
    }

    synchronized void remove(Move move) {
        moves.remove(move.decision.service().name(), move);
    }

    /**
     * Gives the results of a round to their moves. Returns the moves that changed to another state.
     *
     * @param of what the round was decided from: a round from before a move says nothing of it, such as without its force
     */
    synchronized List<Move> take(List<Result> results, Snapshot of) {
        List<Move> goingOn = new ArrayList<>();
        for (Result result : results) {
            Move move = moves.get(result.decision().service().name());
            if (move != null && !of.times().now().isBefore(move.decidedAt)
                    && move.decision.to().equals(result.decision().to()) && move.state() instanceof MoveState.Applying
                    && move.happened(new Input.Answered(result))) {
                goingOn.add(move);
            }
        }
        return goingOn;
    }

    /** Returns true if the move changed to another state. */
    synchronized boolean happened(Move move, Input event) {
        return move.happened(event);
    }

    synchronized MoveState state(Move move) {
        return move.state();
    }

    synchronized boolean isEmpty() {
        return moves.isEmpty();
    }
}
