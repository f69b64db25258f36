package net.reroute.router;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.Change;
import net.reroute.core.Prefix;
import net.reroute.core.Route;
import net.reroute.core.RouterSpec;

/** One session on a router. Not for two threads at once; after any exception it is closed and a new one is opened. */
public interface Router extends AutoCloseable {

    /** The static routes for these prefixes; those without one are not in the answer. */
    Map<Prefix, Route> routes(Collection<Prefix> prefixes) throws RouterException;

    /** Makes all changes in one go and looks again. */
    ReadBack apply(List<Change> changes) throws RouterException;

    /** What {@link #apply} would type, to the letter; types nothing. */
    List<String> lines(List<Change> changes);

    /** The router's own addresses, as far as it told them. */
    Set<Address> addresses();

    /** Keeps the session warm, and shows that it still is. */
    void ping() throws RouterException;

    boolean isOpen();

    @Override
    void close();

    /**
     * What was seen after changes.
     *
     * @param routes as {@link #routes} gives them
     * @param lookups the next hop the router itself names for a service's address; absent if it names none
     * @param complaints what it answered to a line it did not take, by prefix
     * @param typed the lines sent
     */
    record ReadBack(Map<Prefix, Route> routes, Map<Address, Address> lookups, Map<Prefix, String> complaints,
            List<String> typed) {}

    /** Logs in. */
    static Router open(RouterSpec spec, Duration within) throws RouterException {
        return switch (spec.dialect()) {
            case "linux" -> LinuxRouter.open(spec, within);
            default -> throw RouterException.refused("the dialect " + spec.dialect() + " is not known");
        };
    }
}
