package net.reroute.redirect;

import java.io.IOException;
import net.reroute.core.Text;

/** A redirector refused a request, or could not be reached. Callers treat the two differently. */
public final class RedirectException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean refused;

    /** @param refused true: the device answered with a refusal; false: it did not answer */
    public RedirectException(boolean refused, String message, Throwable cause) {
        super(Text.one(String.valueOf(message)), cause); // may contain text of the device
        this.refused = refused;
    }

    /** True if the device answered with a refusal; false if it did not answer. */
    public boolean refused() {
        return refused;
    }
}
