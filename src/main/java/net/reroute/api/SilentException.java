package net.reroute.api;

import java.io.IOException;

/** The daemon took the call and gives no sign of life: its process was stopped, or has no time at all. */
public final class SilentException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean asked;

    SilentException(boolean asked, Throwable cause) {
        super("no sign of life", cause);
        this.asked = asked;
    }

    /** True if it answered at first, and so may have begun what it was asked for. */
    public boolean isAsked() {
        return asked;
    }
}
