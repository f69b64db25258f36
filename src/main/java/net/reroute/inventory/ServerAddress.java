package net.reroute.inventory;

import net.reroute.core.Address;

/** Parses addresses of machines; refuses addresses that no machine can have. */
final class ServerAddress {

    private ServerAddress() {}

    /** The address at which a server is managed and checked. */
    static Address managed(String text) {
        return machine(Address.parse(text));
    }

    /** The next hop, on a link of the router: a link-local address needs the interface (RFC 4007). */
    static Address nextHop(String text) {
        Address hop = unicast(Address.parse(text));
        if (hop.linkLocal() && hop.zone().isEmpty()) {
            throw new IllegalArgumentException(hop + " is link-local, and the router has to be told by which interface"
                    + " of its own; write next-hop: \"" + hop + "%eth0\", with the router's name for it");
        }
        return hop;
    }

    /** An address that does not depend on a link. */
    static Address machine(Address address) {
        if (address.linkLocal()) {
            throw new IllegalArgumentException(address + " is link-local and means something on one link only; write"
                    + " the machine's global address here (a server's 'next-hop' may be link-local)");
        }
        return unicast(address);
    }

    private static Address unicast(Address address) {
        address.nobodys().ifPresent(what -> {
            throw new IllegalArgumentException("no machine can have " + address + ": it is " + what);
        });
        return address;
    }
}
