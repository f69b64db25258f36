package net.reroute.cli;

/** What a command ends with. A single move ends with the code of its outcome; 4 is "put back". */
public final class ExitCodes {

    static final int DONE = 0;
    static final int REFUSED = 1;
    static final int USAGE = 2;
    static final int UNREACHABLE = 3;
    /** Several moves, and they ended differently. */
    static final int PARTLY = 5;
    /** What status answers where no daemon watches, whatever else it saw. */
    public static final int NO_DAEMON = 6;

    private ExitCodes() {}
}
