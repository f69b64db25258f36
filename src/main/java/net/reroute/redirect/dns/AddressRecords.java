package net.reroute.redirect.dns;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.reroute.core.Address;

/**
 * The address records of one name in a zone.
 *
 * @param v4 the A records
 * @param v6 the AAAA records
 * @param alias the name that it is an alias of (CNAME); empty if it is none
 */
record AddressRecords(Family v4, Family v6, String alias) {

    static final AddressRecords NONE = new AddressRecords(Family.NONE, Family.NONE, "");

    /**
     * The records of one type. They have one time to live (RFC 2181, 5.2).
     *
     * @param ttl in seconds
     */
    record Family(SortedSet<Address> addresses, long ttl) {

        static final Family NONE = new Family(new TreeSet<>(), 0);

        Family {
            addresses = Collections.unmodifiableSortedSet(new TreeSet<>(addresses));
            ttl = addresses.isEmpty() ? 0 : ttl;
        }

        /** With one more address. */
        Family and(Address address, long its) {
            SortedSet<Address> more = new TreeSet<>(addresses);
            more.add(address);
            return new Family(more, Math.max(ttl, its));
        }
    }

    Family of(boolean six) {
        return six ? v6 : v4;
    }

    /** All addresses, sorted, those of IPv4 first. */
    SortedSet<Address> addresses() {
        SortedSet<Address> all = new TreeSet<>(v4.addresses);
        all.addAll(v6.addresses);
        return all;
    }

    /** The longest time in seconds that a cache may keep what is listed now. */
    long ttl() {
        return Math.max(v4.addresses.isEmpty() ? 0 : v4.ttl, v6.addresses.isEmpty() ? 0 : v6.ttl);
    }

    /**
     * These records after a change. Where addresses of others stay, the time to live is theirs and stays too.
     *
     * @param ours addresses that may be removed
     * @param wanted addresses that shall be listed
     */
    AddressRecords with(Set<Address> ours, Collection<Address> wanted, long ttl) {
        return new AddressRecords(family(v4, ours, wanted, ttl, a -> !a.v6()),
                family(v6, ours, wanted, ttl, Address::v6), alias);
    }

    private static Family family(Family now, Set<Address> ours, Collection<Address> wanted, long ttl,
            Predicate<Address> type) {
        Set<Address> others = now.addresses.stream().filter(a -> !ours.contains(a)).collect(Collectors.toSet());
        SortedSet<Address> next = new TreeSet<>(others);
        wanted.stream().filter(type).forEach(next::add);
        return new Family(next, others.isEmpty() ? ttl : now.ttl);
    }
}
