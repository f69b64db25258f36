package net.reroute.simulation.linux;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The state of a shell: its machine, variables, arguments and the status of the last command. */
final class ShellState {

    private final String name;
    private final LinuxHost host;
    private final Map<String, String> variables;
    private final List<String> arguments;
    private int status;

    /** @param name in error messages; starts with a dash for a login shell */
    ShellState(String name, LinuxHost host, Map<String, String> variables, List<String> arguments) {
        this.name = name;
        this.host = host;
        this.variables = new LinkedHashMap<>(variables);
        this.arguments = arguments;
    }

    /** A copy for a subshell. */
    ShellState copy() {
        ShellState copy = new ShellState(name, host, variables, arguments);
        copy.status = status;
        return copy;
    }

    String name() {
        return name;
    }

    boolean ofLogin() {
        return name.startsWith("-");
    }

    LinuxHost host() {
        return host;
    }

    Map<String, String> variables() {
        return variables;
    }

    List<String> arguments() {
        return arguments;
    }

    int status() {
        return status;
    }

    void status(int last) {
        status = last;
    }

    /** Restores all variables. */
    void restore(Map<String, String> before) {
        variables.clear();
        variables.putAll(before);
    }

    void complain(ShellIo io, int line, String what) throws IOException {
        io.printErr(name + ": " + (ofLogin() ? "" : line + ": ") + what + "\n");
    }
}
