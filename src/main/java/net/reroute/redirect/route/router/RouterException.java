package net.reroute.redirect.route.router;

import java.io.IOException;
import java.util.Map;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.core.Text;
import net.reroute.ssh.SshException;

/** A router refused a request, or could not be reached. Callers treat the two differently. */
public final class RouterException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean refused;
    private transient Map<Prefix, Map<Address, String>> removed = Map.of();

    public RouterException(boolean refused, String message, Throwable cause) {
        super(Text.one(String.valueOf(message)), cause); // may contain text of the router
        this.refused = refused;
    }

    public static RouterException refused(String message) {
        return new RouterException(true, message, null);
    }

    public static RouterException unreachable(String message, Throwable cause) {
        return new RouterException(false, message, cause);
    }

    public static RouterException of(SshException e) {
        return new RouterException(e.refused(), e.getMessage(), e);
    }

    /** Adds lines that were removed from the configuration before the failure. Returns this exception. */
    public RouterException removing(Map<Prefix, Map<Address, String>> lines) {
        removed = Map.copyOf(lines);
        return this;
    }

    /** Lines that were removed from the configuration before the failure, by prefix and next hop. */
    public Map<Prefix, Map<Address, String>> removed() {
        return removed == null ? Map.of() : removed;
    }

    /** True if the router answered with a refusal; false if it did not answer. */
    public boolean refused() {
        return refused;
    }
}
