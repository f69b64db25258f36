package net.reroute.simulation.linux;

/** Ends the shell. */
final class ShellExit extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    ShellExit(int status) {
        super(null, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
