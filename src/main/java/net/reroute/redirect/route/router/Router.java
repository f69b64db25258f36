package net.reroute.redirect.route.router;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.redirect.Traits;
import net.reroute.ssh.Shell;

/**
 * A session on a router. Calls block until the router answers. Not thread-safe. After any exception, close it and open
 * a new one.
 */
public interface Router extends AutoCloseable {

    /** The static routes for these prefixes. A prefix without one is absent. */
    Map<Prefix, Route> routes(Collection<Prefix> prefixes) throws RouterException;

    /** Makes all changes in one batch, and looks again. */
    ReadBack apply(List<Change> changes) throws RouterException;

    /** The exact lines that {@link #apply} would type for each change. Changes nothing. */
    Map<Prefix, List<String>> lines(List<Change> changes) throws RouterException;

    /** The router's own addresses; empty if it does not show them. */
    Set<Address> addresses();

    /**
     * Keeps the session from timing out, and checks that it works.
     *
     * @return true if a new look would show something new
     */
    boolean ping() throws RouterException;

    /** The optional abilities of this router. */
    Abilities abilities();

    /** A shell on it, for other work within the same session; empty if it has none. */
    default Optional<Shell> shell() {
        return Optional.empty();
    }

    boolean isOpen();

    @Override
    void close();

    /**
     * @param saving present if a restart loses changes that are not saved
     * @param monitoring present if it can report events by itself
     */
    record Abilities(Optional<Traits.Saving> saving, Optional<Traits.Monitoring> monitoring) {}

    /**
     * What the router shows after changes.
     *
     * @param routes as {@link #routes} returns them
     * @param lookups the next hop that the router's own lookup names, by service address; absent if there is none
     * @param complaints the answer to a refused line, by prefix
     * @param typed the lines sent, and their side effects
     */
    record ReadBack(Map<Prefix, Route> routes, Map<Address, Address> lookups, Map<Prefix, String> complaints,
            Typed typed) {}

    /**
     * @param lines that were sent, by prefix
     * @param removed lines that these took out of the configuration, by prefix and next hop; a later change can restore
     *     them
     * @param remarks why a route is not as requested though no line was refused, by prefix
     */
    record Typed(Map<Prefix, List<String>> lines, Map<Prefix, Map<Address, String>> removed,
            Map<Prefix, String> remarks) {

        public static Typed of(Map<Prefix, List<String>> lines) {
            return new Typed(lines, Map.of(), Map.of());
        }
    }
}
