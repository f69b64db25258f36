package net.reroute.api;

import java.io.IOException;

/** The daemon's socket is there, but the daemon gives no sign of life: its process is stopped, or gets no CPU time. */
public final class SilentException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean asked;

    SilentException(boolean asked, Throwable cause) {
        super("no sign of life", cause);
        this.asked = asked;
    }

    /** True if the daemon answered at first, and so may have begun the command. */
    public boolean isAsked() {
        return asked;
    }
}
