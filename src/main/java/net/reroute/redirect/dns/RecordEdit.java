package net.reroute.redirect.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.reroute.core.Address;
import net.reroute.redirect.dns.AddressRecords.Family;

/**
 * A change of the address records of one name.
 *
 * @param name without the dot at its end
 * @param before what was read; the change is made only if it is still so
 * @param after what shall be there
 */
record RecordEdit(String name, AddressRecords before, AddressRecords after) {

    /** Addresses to remove. */
    List<Address> removed() {
        return before.addresses().stream().filter(a -> !after.addresses().contains(a)).toList();
    }

    /** Addresses to add, and those whose time to live changes. */
    List<Address> added() {
        return Stream.of(false, true).flatMap(six -> added(before.of(six), after.of(six))).toList();
    }

    private static Stream<Address> added(Family before, Family after) {
        return after.addresses().stream().filter(a -> !before.addresses().contains(a) || before.ttl() != after.ttl());
    }

    long ttl(Address address) {
        return after.of(address.v6()).ttl();
    }

    /** The change in the words of nsupdate. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        removed().forEach(a -> lines.add("update delete " + name + ". " + type(a) + " " + a));
        added().forEach(a -> lines.add("update add " + name + ". " + ttl(a) + " " + type(a) + " " + a));
        return lines;
    }

    static String type(Address address) {
        return address.v6() ? "AAAA" : "A";
    }

    /** The change in a few words. */
    @Override
    public String toString() {
        return lines().stream().collect(Collectors.joining("; "));
    }
}
