package net.reroute.cli;

import java.io.PrintStream;
import net.reroute.core.Actor;
import net.reroute.view.Style;

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

    Style style() {
        return new Style(width, colour);
    }
}
