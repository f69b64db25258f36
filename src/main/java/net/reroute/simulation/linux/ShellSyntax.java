package net.reroute.simulation.linux;

/** A syntax error in a script. */
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
