package net.reroute.setup;

import java.util.Set;
import java.util.stream.Collectors;
import net.reroute.core.Address;

/**
 * A server, and what it was found to hold.
 *
 * @param name in the inventory
 * @param isSeen false if there is no login, so that its addresses are not known
 * @param addresses on its loopback
 */
record Holder(String name, Machine machine, boolean isSeen, Set<Address> addresses) {

    /** What is known of its addresses, in words. */
    String held() {
        if (!isSeen) {
            return "no login, so its addresses are not known";
        }
        return "its loopback holds " + (addresses.isEmpty()
                ? "no service address"
                : addresses.stream().map(Address::toString).collect(Collectors.joining(", ")));
    }
}
