package net.reroute.control;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.Service;

/** Tests services at their own address, through the router. */
public interface Prober {

    /** GOOD: the service answers. BAD: it does not. NOT_TAKEN: a probe from here proves nothing; the text says why. */
    enum ProbeResult {
        GOOD, BAD, NOT_TAKEN
    }

    /** @param text one clause */
    record ProbeFinding(ProbeResult kind, String text) {}

    /**
     * Probes services that were just moved. Blocks.
     *
     * @param router addresses of the router that the path must lead through
     */
    Map<Service, ProbeFinding> probe(Collection<Service> services, Set<Address> router);

    /** Like {@link #probe}, but may leave services out and gives up sooner. For evidence that is not essential. */
    default Map<Service, ProbeFinding> glance(Collection<Service> services, Set<Address> router) {
        return probe(services, router);
    }
}
