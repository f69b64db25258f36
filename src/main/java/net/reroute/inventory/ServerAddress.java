package net.reroute.inventory;

import net.reroute.core.Address;

/** Addresses that machines are to have: those that none can have are refused. */
final class ServerAddress {

    private ServerAddress() {}

    /** Where a server is managed and checked. */
    static Address managed(String text) {
        return machine(Address.parse(text));
    }

    /** What routers point at; on a link of theirs, so that a link-local one has to say which (RFC 4007). */
    static Address nextHop(String text) {
        Address hop = unicast(Address.parse(text));
        if (hop.linkLocal() && hop.zone().isEmpty()) {
            throw new IllegalArgumentException(hop + " is link-local, and the router has to be told by which interface"
                    + " of its own; write next-hop: \"" + hop + "%eth0\", with the router's name for it");
        }
        return hop;
    }

    /** An address that this machine reaches whatever the link. */
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
