package net.reroute.playbook;

/**
 * What came of a step.
 *
 * @param kind whether the next one follows
 * @param text one clause
 * @param output what a command printed; else empty
 */
record StepResult(Kind kind, String text, String output) {

    /** GOOD: the next step. BAD: as its if-failed says. OVER: the playbook has ended well. VETO: the move is not made. */
    enum Kind {
        GOOD, BAD, OVER, VETO
    }

    static StepResult good(String text) {
        return new StepResult(Kind.GOOD, text, "");
    }

    static StepResult bad(String text) {
        return new StepResult(Kind.BAD, text, "");
    }

    boolean ok() {
        return kind == Kind.GOOD || kind == Kind.OVER;
    }
}
