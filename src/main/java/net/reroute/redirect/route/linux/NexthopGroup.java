package net.reroute.redirect.route.linux;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.reroute.core.Address;
import net.reroute.core.Prefix;

/**
 * A group of nexthop objects for a route with several next hops (ip-nexthop(8)). A resilient group keeps the buckets of
 * members that stay, so that a member's failure concerns its own connections alone; a plain route with several next hops
 * hashes all connections anew.
 *
 * <p>The numbers are made of addresses, so nothing has to be remembered. Those of IPv4 prefixes are below 0xe0000000, as
 * no network of theirs is multicast; routing daemons count from small numbers.
 */
final class NexthopGroup {

    /** Several for each member; the kernel refuses to change the number of a group that exists. */
    private static final int BUCKETS = 128;
    /** Seconds without a packet after which a connection may go to a member that has come. */
    private static final int IDLE = 60;
    private static final long OF_HOPS = 0xf000_0000L;
    private static final BigInteger LOW_BITS = BigInteger.valueOf(0x0fff_ffffL);

    private NexthopGroup() {}

    /** The number of the group of a prefix. */
    static long number(Prefix prefix) {
        return prefix.network().bits().longValue();
    }

    /** True if this is the number of the prefix's own group. */
    static boolean isOurs(Prefix prefix, String number) {
        return !prefix.network().v6() && number.equals(String.valueOf(number(prefix)));
    }

    static long number(Address hop) {
        return OF_HOPS | hop.bits().and(LOW_BITS).longValue();
    }

    /** True if a group can have this number, and these next hops can be told apart by theirs. IPv6 does not fit in. */
    static boolean canHave(Prefix prefix, List<Address> hops) {
        return !prefix.network().v6() && prefix.length() > 0 && number(prefix) < OF_HOPS
                && hops.stream().map(NexthopGroup::number).distinct().count() == hops.size();
    }

    /**
     * The lines, without the word {@code ip}, that make the group.
     *
     * @param devices the interface to each next hop
     */
    static List<String> lines(Prefix prefix, List<Address> hops, Map<Address, String> devices) {
        List<String> lines = new ArrayList<>();
        hops.forEach(h -> lines.add("nexthop replace id " + number(h) + " via " + h.bare() + " dev " + devices.get(h)
                + " proto " + IpRoute.OURS));
        lines.add("nexthop replace id " + number(prefix) + " group "
                + hops.stream().map(h -> String.valueOf(number(h))).collect(Collectors.joining("/"))
                + " type resilient buckets " + BUCKETS + " idle_timer " + IDLE + " proto " + IpRoute.OURS);
        return lines;
    }
}
