package net.reroute.playbook;

/**
 * The result of a step.
 *
 * @param kind says what follows
 * @param text one clause
 * @param output of a command or a drill; else empty
 */
record StepResult(Kind kind, String text, String output) {

    /** GOOD: the next step follows. BAD: as its if-failed says. OVER: the playbook has ended well. VETO: no move. */
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
