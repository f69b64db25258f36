package net.reroute.playbook;

/**
 * The result of a step.
 *
 * @param kind says what follows
 * @param text one clause
 * @param output of a command or a drill; else empty
 */
record StepResult(Status kind, String text, String output) {

    /** GOOD: the next step follows. BAD: as its if-failed says. OVER: the playbook has ended well. VETO: no move. */
    enum Status {
        GOOD, BAD, OVER, VETO
    }

    static StepResult good(String text) {
        return new StepResult(Status.GOOD, text, "");
    }

    static StepResult bad(String text) {
        return new StepResult(Status.BAD, text, "");
    }

    boolean ok() {
        return kind == Status.GOOD || kind == Status.OVER;
    }
}
