package net.reroute.simulation.linux;

import java.io.IOException;
import java.util.List;

/**
 * One run of a command.
 *
 * @param shell that runs it
 * @param name as typed
 * @param args after the name
 * @param io its streams
 * @param starter starts further programs for the command
 */
record LinuxCall(ShellState shell, String name, List<String> args, ShellIo io, Starter starter) {

    /** Starts programs and scripts. */
    interface Starter {

        /** True if there is a program with this name or path. */
        boolean has(String name);

        /** @return exit status */
        int program(LinuxCall call) throws IOException;

        /** @return exit status, also after an {@code exit} */
        int script(ShellState shell, ShellSource.Lines lines, ShellIo io) throws IOException;
    }

    void out(String text) throws IOException {
        io.print(text);
    }

    void err(String text) throws IOException {
        io.printErr(text);
    }

    /** Prints an error with the command's name. Returns the status. */
    int fail(int status, String why) throws IOException {
        err(name + ": " + why + "\n");
        return status;
    }

    LinuxCall with(String otherName, List<String> otherArgs) {
        return new LinuxCall(shell, otherName, otherArgs, io, starter);
    }
}
