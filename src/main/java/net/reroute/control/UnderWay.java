package net.reroute.control;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.control.RouterRound.Result;
import net.reroute.core.Decision;

/** The moves that are on their way to routers, one for each service at most. Guards them and all that is in them. */
final class UnderWay {

    private final Map<String, Move> moves = new HashMap<>();

    /** True if no move to the same servers is on its way already. */
    synchronized boolean isNew(Decision decision) {
        Move under = moves.get(decision.service().name());
        return under == null || !under.decision.to().equals(decision.to());
    }

    /** Adds a move. Returns the one it overtakes, which will hear of no more results. */
    synchronized Optional<Move> add(Move move) {
        return Optional.ofNullable(moves.put(move.decision.service().name(), move));
    }

    synchronized void remove(Move move) {
        moves.remove(move.decision.service().name(), move);
    }

    /** Gives results to their moves. Returns those that were waiting for nothing else. */
    synchronized List<Move> take(List<Result> results) {
        List<Move> answered = new ArrayList<>();
        for (Result result : results) {
            Move move = moves.get(result.decision().service().name());
            if (move != null && move.decision.to().equals(result.decision().to()) && move.take(result)) {
                answered.add(move);
            }
        }
        return answered;
    }

    /** Returns true if that was the last one awaited. */
    synchronized boolean take(Move move, Result result) {
        return move.take(result);
    }

    synchronized void amend(Move move, Result result) {
        move.amend(result);
    }

    /** What has been answered so far. */
    synchronized List<Result> results(Move move) {
        return move.results();
    }

    /** Routers that have not answered yet. */
    synchronized List<String> waitingFor(Move move) {
        return move.waitingFor();
    }

    /** The routers that carry it, as of now. */
    synchronized List<Result> moved(Move move) {
        return move.moved();
    }

    synchronized void waitFor(Move move, List<String> routers) {
        move.waitFor(routers);
    }

    synchronized boolean isEmpty() {
        return moves.isEmpty();
    }
}
