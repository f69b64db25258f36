package net.reroute.simulation.linux;

import java.io.IOException;
import java.util.List;

/**
 * One run of a command.
 *
 * @param shell that runs it
 * @param name as it was typed
 * @param args after the name
 * @param io its streams
 * @param starter starts what the command starts in its turn
 */
record LinuxCall(ShellState shell, String name, List<String> args, ShellIo io, Starter starter) {

    /** Starts programs and scripts. */
    interface Starter {

        /** Whether there is a program of this name or path. */
        boolean has(String name);

        /** @return exit status */
        int program(LinuxCall call) throws IOException;

        /** @return exit status, that of an {@code exit} too */
        int script(ShellState shell, ShellSource.Lines lines, ShellIo io) throws IOException;
    }

    void out(String text) throws IOException {
        io.print(text);
    }

    void err(String text) throws IOException {
        io.printErr(text);
    }

    /** Complains in the command's own name. */
    int fail(int status, String why) throws IOException {
        err(name + ": " + why + "\n");
        return status;
    }

    LinuxCall with(String otherName, List<String> otherArgs) {
        return new LinuxCall(shell, otherName, otherArgs, io, starter);
    }
}
