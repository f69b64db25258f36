package net.reroute.cli;

import java.io.PrintStream;
import net.reroute.core.Actor;

/**
 * Where a command writes, and for whom.
 *
 * @param out what was asked for
 * @param err one sentence when it could not be had
 * @param width columns
 * @param colour whether to use any
 * @param actor who calls
 */
public record Console(PrintStream out, PrintStream err, int width, boolean colour, Actor actor) {

    public Console {
        out = Harmless.of(out, colour);
        err = Harmless.of(err, colour);
    }

    String red(String text) {
        return paint("31", text);
    }

    String green(String text) {
        return paint("32", text);
    }

    String yellow(String text) {
        return paint("33", text);
    }

    String bold(String text) {
        return paint("1", text);
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
