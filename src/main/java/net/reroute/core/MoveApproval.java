package net.reroute.core;

import java.util.List;

/** Objections to a move, asked before anything is typed. Safe for many threads. */
public interface MoveApproval {

    /**
     * GO: no objection. WAIT: the answer is not known yet; a new cycle is requested once it is. NO: the move is not
     * made.
     */
    enum Ruling {
        GO, WAIT, NO
    }

    /** @param reason one clause; empty for GO */
    record Answer(Ruling kind, String reason) {

        public static final Answer GO = new Answer(Ruling.GO, "");
    }

    /** Never objects. */
    MoveApproval OPEN = decision -> Answer.GO;

    /** Returns at once. If the answer takes time, this starts the question and returns WAIT. */
    Answer ask(Decision decision);

    /** Asks again about each decision and waits for the answers, in the same order. */
    default List<Answer> await(List<Decision> decisions) {
        return decisions.stream().map(this::ask).toList();
    }
}
