package net.reroute.simulation.linux;

/**
 * An address of an interface.
 *
 * @param net the address with its prefix length
 * @param broadcast true if it has a broadcast address
 * @param label the name that {@code ip} shows behind it; in IPv6 nodad or nothing
 */
record LinkAddress(IpNet net, boolean broadcast, String label) {

    /** As an installer configures it. */
    static LinkAddress of(IpNet net, String link) {
        return new LinkAddress(net, !net.address().v6() && net.length() < 31 && !link.equals("lo"),
                net.address().v6() ? "" : link);
    }
}
