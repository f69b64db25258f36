package net.reroute.control;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.Service;

/** Asks the service itself, through the router. */
public interface Prober {

    /** GOOD: it answers. BAD: it does not. NOT_TAKEN: from here nothing can be said; why. */
    enum Kind {
        GOOD, BAD, NOT_TAKEN
    }

    /** @param text one clause */
    record Finding(Kind kind, String text) {}

    /**
     * Probes services that were just moved.
     *
     * @param router the addresses of the router the way must lead through
     */
    Map<Service, Finding> probe(Collection<Service> services, Set<Address> router);

    /** As {@link #probe}, of some of them and with less patience: for evidence that is good to have. */
    default Map<Service, Finding> glance(Collection<Service> services, Set<Address> router) {
        return probe(services, router);
    }
}
