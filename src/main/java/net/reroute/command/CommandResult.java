package net.reroute.command;

import java.util.stream.Collectors;
import net.reroute.core.Lines;

/**
 * How a command ended.
 *
 * @param ending whether it ended at all
 * @param status exit status, if it did
 * @param output what it printed, both streams together, or why it was not run; cut, and harmless to a terminal
 */
public record CommandResult(Ending ending, int status, String output) {

    /** ENDED: by itself. TOO_LATE: it was ended. NOT_RUN: nobody knows of any effect of it. LOST: nobody knows its end. */
    public enum Ending {
        ENDED, TOO_LATE, NOT_RUN, LOST
    }

    static CommandResult ended(int status, String output) {
        return new CommandResult(Ending.ENDED, status, clean(output));
    }

    public static CommandResult not(Ending ending, String why) {
        return new CommandResult(ending, -1, clean(why));
    }

    public boolean ok() {
        return ending == Ending.ENDED && status == 0;
    }

    /** One clause. */
    public String sentence() {
        String said = lastLine();
        return switch (ending) {
            case ENDED -> ok()
                    ? "done" + (said.isEmpty() ? "" : " (" + said + ")")
                    : "exit status " + status + (said.isEmpty() ? "" : ": " + said);
            case TOO_LATE, NOT_RUN, LOST -> said;
        };
    }

    /** The last thing said is mostly the reason. */
    public String lastLine() {
        return Lines.one(output.strip().lines().reduce((a, b) -> b).orElse(""));
    }

    /** Without what a terminal would obey; tabs and line ends stay. */
    static String clean(String text) {
        return text.lines().map(l -> Lines.clean(l).stripTrailing())
                .collect(Collectors.joining("\n"));
    }
}
