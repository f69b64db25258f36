package net.reroute.control;

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

    /** @param router the addresses of the router the way must lead through */
    Finding probe(Service service, Set<Address> router);
}
