package net.reroute.control;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import net.reroute.control.RouterRound.Result;
import net.reroute.core.Decision;
import net.reroute.core.Outcome;
import net.reroute.core.Outcome.OnRouter;
import net.reroute.core.Snapshot;

/**
 * Work for one router.
 *
 * @param now what the decisions were made from
 * @param decisions for services on this router
 * @param putBack changes to take back; then {@code decisions} only names what they belong to
 * @param show true: only report the lines
 * @param byHand true: an admin waits, so a newer round must not replace this one
 * @param done receives the results, on the router's thread
 */
record RoundRequest(Snapshot now, List<Decision> decisions, Optional<List<Result>> putBack, boolean show,
        boolean byHand, Consumer<List<Result>> done) {

    /** True if this newer round makes an older one unnecessary. */
    boolean covers(RoundRequest older) {
        Set<String> services = decisions.stream().map(d -> d.service().name()).collect(Collectors.toSet());
        return !byHand && !older.byHand
                && older.decisions.stream().allMatch(d -> services.contains(d.service().name()));
    }

    /** The results if the router was removed from the inventory or changed in it. */
    List<Result> anew(String router) {
        return failed(router, Outcome.Kind.OVERTAKEN, "the inventory has this router otherwise now; decided anew");
    }

    /** The results if a newer round replaces this one, for decisions that the newer one does not contain. */
    List<Result> overtaken(String router, RoundRequest by) {
        Map<String, List<String>> next = new HashMap<>();
        by.decisions.forEach(d -> next.put(d.service().name(), d.to()));
        OnRouter on = new OnRouter(router, Outcome.Kind.OVERTAKEN, "overtaken by a newer decision ("
                + by.now.cause().text() + ")", List.of());
        return decisions.stream().filter(d -> !d.to().equals(next.get(d.service().name())))
                .map(d -> Result.unseen(d, on)).toList();
    }

    /** The same result for every decision. */
    List<Result> failed(String router, Outcome.Kind kind, String text) {
        OnRouter on = new OnRouter(router, kind, text, List.of());
        return decisions.stream().map(d -> Result.unseen(d, on)).toList();
    }
}
