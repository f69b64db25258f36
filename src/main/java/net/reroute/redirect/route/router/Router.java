package net.reroute.redirect.route.router;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.redirect.Traits;

/** A session on a router. Not thread-safe. After any exception, close it and open a new one. */
public interface Router extends AutoCloseable {

    /** The static routes for these prefixes. A prefix without one is absent. */
    Map<Prefix, Route> routes(Collection<Prefix> prefixes) throws RouterException;

    /** Makes all changes in one batch and looks again. */
    ReadBack apply(List<Change> changes) throws RouterException;

    /** The exact lines that {@link #apply} would type for each change. Changes nothing. */
    Map<Prefix, List<String>> lines(List<Change> changes) throws RouterException;

    /** The router's own addresses, as far as it shows them. */
    Set<Address> addresses();

    /**
     * Keeps the session from going idle, and checks that it works.
     *
     * @return true if this showed something that a look would report
     */
    boolean ping() throws RouterException;

    /** What else this router can do. */
    Abilities abilities();

    boolean isOpen();

    @Override
    void close();

    /**
     * @param saving present if a restart loses changes
     * @param monitoring present if it reports events by itself
     */
    record Abilities(Optional<Traits.Saving> saving, Optional<Traits.Monitoring> monitoring) {}

    /**
     * What the router shows after changes.
     *
     * @param routes as {@link #routes} returns them
     * @param lookups the next hop that the router's own lookup names for a service's address; absent if it names none
     * @param complaints answer to a line that it refused, by prefix
     * @param typed the lines sent, and their side effects
     */
    record ReadBack(Map<Prefix, Route> routes, Map<Address, Address> lookups, Map<Prefix, String> complaints,
            Typed typed) {}

    /**
     * @param lines sent, by prefix
     * @param removed lines that this took out of the configuration, by next hop; a later change can restore them
     * @param remarks why a route is not as wanted, though no line was refused
     */
    record Typed(Map<Prefix, List<String>> lines, Map<Prefix, Map<Address, String>> removed,
            Map<Prefix, String> remarks) {

        public static Typed of(Map<Prefix, List<String>> lines) {
            return new Typed(lines, Map.of(), Map.of());
        }
    }
}
