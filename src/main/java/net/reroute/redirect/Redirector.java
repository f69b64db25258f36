package net.reroute.redirect;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import net.reroute.core.Seen;
import net.reroute.core.Service;
import net.reroute.core.Shift;

/**
 * A way to redirect services to servers: look, change, look again. Calls block until the device answers. Not
 * thread-safe. After any exception the state of the device is unknown: close this object and open a new one.
 */
public interface Redirector extends AutoCloseable {

    /** Returns where each of these services points now, by the service's name. */
    Map<String, Seen> look(Collection<Service> services) throws RedirectException;

    /** Returns the exact lines that {@link #apply} would type, by the service's name. Changes nothing. */
    Map<String, List<String>> preview(List<Shift> shifts) throws RedirectException;

    /** Makes all changes in one batch, and looks again. This object must have looked at these services before. */
    Applied apply(List<Shift> shifts) throws RedirectException;

    /** What this redirector is, and its optional abilities. */
    Traits traits();

    @Override
    void close();
}
