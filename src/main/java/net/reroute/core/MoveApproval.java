package net.reroute.core;

import java.util.List;

/** Who may object to a move before anything is typed. */
public interface MoveApproval {

    /** GO: nobody objects. WAIT: not known yet; asks for a cycle when it is. NO: the move is not made. */
    enum Kind {
        GO, WAIT, NO
    }

    /** @param reason one clause; empty for GO */
    record Answer(Kind kind, String reason) {

        public static final Answer GO = new Answer(Kind.GO, "");
    }

    /** Nobody objects to anything. */
    MoveApproval OPEN = decision -> Answer.GO;

    /** Answers at once; a question that takes time is begun by it. */
    Answer ask(Decision decision);

    /** As {@link #ask} of each, anew, and waits for the answers. */
    default List<Answer> await(List<Decision> decisions) {
        return decisions.stream().map(this::ask).toList();
    }
}
