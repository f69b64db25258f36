package net.reroute.simulation.cli;

import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Prefix;

/**
 * A static route as configured.
 *
 * @param vrf empty: the global table
 * @param hop empty: through the interface only
 * @param interfaceName empty: none named
 * @param more other words, such as a name or a tag, as the device prints them
 * @param up false while the object that it tracks is down
 */
record StaticRoute(String vrf, Prefix prefix, Optional<Address> hop, String interfaceName, int distance,
        String more,
        boolean up) {

    boolean sameHop(StaticRoute other) {
        return vrf.equals(other.vrf) && prefix.equals(other.prefix) && hop.equals(other.hop)
                && interfaceName.equals(other.interfaceName);
    }
}
