package net.reroute.simulation.linux;

/** A script that a shell does not understand. */
final class ShellSyntax extends Exception {

    private static final long serialVersionUID = 1;

    private final int line;

    ShellSyntax(int line, String what) {
        super("Syntax error: " + what, null, false, false);
        this.line = line;
    }

    int line() {
        return line;
    }
}
