package net.reroute.redirect;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import net.reroute.core.Seen;
import net.reroute.core.Service;
import net.reroute.core.Shift;

/**
 * A way to redirect services to servers: looked at, changed, and looked at again. Not for two threads at once; after any
 * exception it is closed, since nobody knows where it stands, and another one is opened.
 */
public interface Redirector extends AutoCloseable {

    /** Where services are, by name; all of them are in the answer. */
    Map<String, Seen> look(Collection<Service> services) throws RedirectException;

    /** What {@link #apply} would type for each service, to the letter; changes nothing. */
    Map<String, List<String>> preview(List<Shift> shifts) throws RedirectException;

    /** Makes all changes in one go and looks again. What was seen before them was seen by the same object. */
    Applied apply(List<Shift> shifts) throws RedirectException;

    /** What it is, and what else it can do. */
    Traits traits();

    @Override
    void close();
}
