package net.reroute.simulation.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One run of a command.
 *
 * @param shell that runs it
 * @param name as it was typed
 * @param args after the name
 * @param io its streams
 */
record LinuxCall(LinuxShell shell, String name, List<String> args, ShellIo io) {

    void out(String text) throws IOException {
        io.out().write(text.getBytes(StandardCharsets.UTF_8));
        io.out().flush();
    }

    void err(String text) throws IOException {
        io.err().write(text.getBytes(StandardCharsets.UTF_8));
        io.err().flush();
    }

    /** Complains in the command's own name. */
    int fail(int status, String why) throws IOException {
        err(name + ": " + why + "\n");
        return status;
    }

    LinuxCall with(String otherName, List<String> otherArgs) {
        return new LinuxCall(shell, otherName, otherArgs, io);
    }
}
