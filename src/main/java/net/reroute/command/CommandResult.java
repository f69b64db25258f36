package net.reroute.command;

import java.util.stream.Collectors;
import net.reroute.core.Text;

/**
 * The result of a command.
 *
 * @param ending how it ended
 * @param status exit status; -1 if it has none
 * @param output of both streams together, or why it did not run; shortened, and safe for a terminal
 */
public record CommandResult(Ending ending, int status, String output) {

    /**
     * ENDED: by itself. TOO_LATE: stopped after its time. NOT_RUN: it had no effect that we know of. LOST: its end is
     * unknown.
     */
    public enum Ending {
        ENDED, TOO_LATE, NOT_RUN, LOST
    }

    static CommandResult ended(int status, String output) {
        return new CommandResult(Ending.ENDED, status, clean(output));
    }

    /** The result of a command that did not end by itself. */
    public static CommandResult not(Ending ending, String why) {
        return new CommandResult(ending, -1, clean(why));
    }

    /** True if the command ended with exit status 0. */
    public boolean ok() {
        return ending == Ending.ENDED && status == 0;
    }

    /** The result in one clause. */
    public String sentence() {
        String said = lastLine();
        if (ending != Ending.ENDED) {
            return said;
        }
        String result = ok() ? "done" : "exit status " + status;
        if (said.isEmpty()) {
            return result;
        }
        return result + (ok() ? " (" + said + ")" : ": " + said);
    }

    /** The last line: it mostly names the reason. */
    public String lastLine() {
        return Text.one(output.strip().lines().reduce((a, b) -> b).orElse(""));
    }

    /** Without control characters; tabs and line ends stay. */
    static String clean(String text) {
        return text.lines().map(l -> Text.clean(l).stripTrailing())
                .collect(Collectors.joining("\n"));
    }
}
