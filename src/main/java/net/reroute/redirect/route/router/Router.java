package net.reroute.redirect.route.router;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.redirect.Traits;

/** One session on a router. Not for two threads at once; after any exception it is closed and a new one is opened. */
public interface Router extends AutoCloseable {

    /** The static routes for these prefixes; those without one are not in the answer. */
    Map<Prefix, Route> routes(Collection<Prefix> prefixes) throws RouterException;

    /** Makes all changes in one go and looks again. */
    ReadBack apply(List<Change> changes) throws RouterException;

    /** What {@link #apply} would type for each change, to the letter; changes nothing. */
    Map<Prefix, List<String>> lines(List<Change> changes) throws RouterException;

    /** The router's own addresses, as far as it told them. */
    Set<Address> addresses();

    /**
     * Keeps the session warm, and shows that it still is.
     *
     * @return true if something came to light by the way that a look would tell
     */
    boolean ping() throws RouterException;

    /** What else it can do. */
    Abilities abilities();

    boolean isOpen();

    @Override
    void close();

    /**
     * @param saving where a restart loses what was typed
     * @param monitoring where it tells by itself what happens
     */
    record Abilities(Optional<Traits.Saving> saving, Optional<Traits.Monitoring> monitoring) {}

    /**
     * What was seen after changes.
     *
     * @param routes as {@link #routes} gives them
     * @param lookups the next hop the router itself names for a service's address; absent if it names none
     * @param complaints what it answered to a line it did not take, by prefix
     * @param typed the lines sent, and what became of it beyond them
     */
    record ReadBack(Map<Prefix, Route> routes, Map<Address, Address> lookups, Map<Prefix, String> complaints,
            Typed typed) {}

    /**
     * @param lines sent, by prefix
     * @param removed lines taken out of a configuration, by next hop, to be written again as they were some day
     * @param remarks what is known about a route that is not as it should be, though no line was refused
     */
    record Typed(Map<Prefix, List<String>> lines, Map<Prefix, Map<Address, String>> removed,
            Map<Prefix, String> remarks) {

        public static Typed of(Map<Prefix, List<String>> lines) {
            return new Typed(lines, Map.of(), Map.of());
        }
    }
}
