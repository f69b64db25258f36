package net.reroute.cli;

/** The exit codes of commands. A single move ends with the code of its outcome, which includes 4, put back. */
public final class ExitCodes {

    static final int DONE = 0;
    static final int REFUSED = 1;
    static final int USAGE = 2;
    static final int UNREACHABLE = 3;
    /** Several moves with different outcomes. */
    static final int PARTLY = 5;
    /** The exit code of status where no daemon watches, whatever else it found. */
    public static final int NO_DAEMON = 6;

    private ExitCodes() {}
}
