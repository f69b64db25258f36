package net.reroute.cli;

/** What a command ends with. Outcomes of moves have more of them: 3 unreachable, 4 put back, 5 partly. */
public final class ExitCodes {

    static final int DONE = 0;
    static final int REFUSED = 1;
    static final int USAGE = 2;
    /** What status answers where no daemon watches, whatever else it saw. */
    public static final int NO_DAEMON = 6;

    private ExitCodes() {}
}
