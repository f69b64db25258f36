package net.reroute.redirect;

import java.io.IOException;
import net.reroute.core.Lines;

/** It refused, or it could not be reached. The two have different consequences. */
public final class RedirectException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean refused;

    /** @param refused true: it is alive and said no; false: nobody answered */
    public RedirectException(boolean refused, String message, Throwable cause) {
        super(Lines.one(String.valueOf(message)), cause); // part of it may be a router's own words
        this.refused = refused;
    }

    public boolean refused() {
        return refused;
    }
}
