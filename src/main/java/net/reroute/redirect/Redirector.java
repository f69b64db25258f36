package net.reroute.redirect;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import net.reroute.core.Seen;
import net.reroute.core.Service;
import net.reroute.core.Shift;

/**
 * A way to redirect services to servers: look, change, look again. Not thread-safe. After any exception its state is
 * unknown: close it and open another one.
 */
public interface Redirector extends AutoCloseable {

    /** Returns where each of these services is, by name. */
    Map<String, Seen> look(Collection<Service> services) throws RedirectException;

    /** Returns the exact lines that {@link #apply} would type for each service. Changes nothing. */
    Map<String, List<String>> preview(List<Shift> shifts) throws RedirectException;

    /** Makes all changes in one batch and looks again. The same object must have looked before. */
    Applied apply(List<Shift> shifts) throws RedirectException;

    /** What this redirector is, and what else it can do. */
    Traits traits();

    @Override
    void close();
}
