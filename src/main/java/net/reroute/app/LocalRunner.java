package net.reroute.app;

import java.util.List;
import net.reroute.api.Request;
import net.reroute.cli.Cli;
import net.reroute.cli.Console;
import net.reroute.operations.DirectOperations;

/** Runs a command in this process. */
final class LocalRunner {

    private LocalRunner() {}

    static int run(List<String> args, Paths paths, int width, boolean colour) {
        Console console = new Console(System.out, System.err, width, colour,
                Request.actor(user(), System.getenv()));
        return Cli.run(args, new DirectOperations(new AdHocAccess(paths)), new LocalProcesses(paths), console);
    }

    /** The user that started the command; with sudo, the user that called sudo. */
    private static String user() {
        String user = Caller.WHO;
        String behind = System.getenv("SUDO_USER");
        return behind == null || behind.isEmpty() || behind.equals(user) ? user : behind;
    }
}
