package net.reroute.control;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import net.reroute.core.Decision;
import net.reroute.core.Decision.Kind;
import net.reroute.core.MoveApproval;
import net.reroute.core.Reason;
import net.reroute.core.Snapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for objections when a move begins, and not again while it is in progress. */
final class Objections {

    private static final Logger LOG = LoggerFactory.getLogger(Objections.class);

    /**
     * Decisions after objections.
     *
     * @param decisions a move that was vetoed or still waits for an answer is a HOLD
     * @param waiting services whose answer is not known yet
     */
    record Passed(List<Decision> decisions, Set<String> waiting) {}

    private final MoveApproval approval;

    Objections(MoveApproval approval) {
        this.approval = approval;
    }

    /**
     * Asks about the moves that begin now, except forced ones.
     *
     * @param isNew true for a move that is not in progress yet
     */
    Passed pass(List<Decision> decisions, Snapshot now, Predicate<Decision> isNew) {
        Set<String> waiting = new HashSet<>();
        List<Decision> passed = decisions.stream()
                .map(d -> begins(d, now, isNew) ? approved(d, waiting) : d).toList();
        return new Passed(passed, waiting);
    }

    private static boolean begins(Decision decision, Snapshot now, Predicate<Decision> isNew) {
        boolean asked = now.asked(decision.service());
        return decision.isMove() && (isNew.test(decision) || asked) && !(now.cause().force() && asked);
    }

    private Decision approved(Decision decision, Set<String> waiting) {
        MoveApproval.Answer answer = answer(decision);
        if (answer.kind() == MoveApproval.Ruling.WAIT) {
            LOG.info("{}: {}", decision.arrow(), answer.reason());
            waiting.add(decision.service().name());
        }
        return answer.kind() == MoveApproval.Ruling.GO
                ? decision
                : new Decision(decision.service(), Kind.HOLD, decision.from(), decision.from(),
                        new Reason.Vetoed(answer.reason()));
    }

    /** An internal error counts as GO: it must not keep a service down. */
    private MoveApproval.Answer answer(Decision decision) {
        try {
            return approval.ask(decision);
        } catch (RuntimeException e) {
            LOG.error("{}: asking who may object ended with an internal error; it goes on", decision.arrow(), e);
            return MoveApproval.Answer.GO;
        }
    }
}
