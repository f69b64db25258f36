package net.reroute.redirect;

import java.io.IOException;
import net.reroute.core.Text;

/** A redirector refused, or could not be reached. The two have different consequences. */
public final class RedirectException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean refused;

    /** @param refused true: it answered with a refusal; false: it did not answer */
    public RedirectException(boolean refused, String message, Throwable cause) {
        super(Text.one(String.valueOf(message)), cause); // a router's own words may be in it
        this.refused = refused;
    }

    public boolean refused() {
        return refused;
    }
}
