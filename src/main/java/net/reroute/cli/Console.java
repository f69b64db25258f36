package net.reroute.cli;

import java.io.PrintStream;
import net.reroute.core.Actor;
import net.reroute.view.Style;

/**
 * Where a command writes, and for which caller. Neither stream passes what a terminal would obey.
 *
 * @param out the answer
 * @param err one sentence if there is none
 * @param width columns
 * @param colour true if colours may be used
 * @param actor the caller
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
