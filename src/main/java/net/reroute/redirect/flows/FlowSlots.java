package net.reroute.redirect.flows;

import java.math.BigInteger;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.reroute.core.Address;
import net.reroute.core.FlowMarks;

/** The slot of each next hop. One that was given stays, since the marks of connections have it. */
final class FlowSlots {

    private FlowSlots() {}

    /**
     * Gives each next hop a slot, if it can the one of its last bits: then every router has the same ones, and a new next
     * hop seldom gets the slot of one that has left.
     *
     * @param given the slots that next hops have
     * @param taken slots that somebody else uses
     * @throws IllegalArgumentException if there are too few
     */
    static Map<Address, Integer> assign(Collection<Address> hops, Map<Address, Integer> given, Set<Integer> taken,
            FlowMarks marks) {
        Map<Address, Integer> slots = new TreeMap<>();
        Set<Integer> used = new HashSet<>(taken);
        hops.stream().filter(h -> isFree(given.getOrDefault(h, 0), used, marks)).forEach(h -> {
            slots.put(h, given.get(h));
            used.add(given.get(h));
        });
        hops.stream().sorted().filter(h -> !slots.containsKey(h)).forEach(h -> {
            int slot = next(h, used, marks);
            slots.put(h, slot);
            used.add(slot);
        });
        return slots;
    }

    private static boolean isFree(int slot, Set<Integer> used, FlowMarks marks) {
        return slot > 0 && slot <= marks.slots() && marks.isApart(slot) && !used.contains(slot);
    }

    private static int next(Address hop, Set<Integer> used, FlowMarks marks) {
        int first = hop.bits().mod(BigInteger.valueOf(marks.slots() + 2L)).intValue();
        for (int i = 0; i <= marks.slots() + 1; i++) {
            int slot = (first + i) % (marks.slots() + 2);
            if (isFree(slot, used, marks)) {
                return slot;
            }
        }
        throw new IllegalArgumentException("the marks 0x" + Long.toHexString(marks.mask()) + " have too few that nobody"
                + " uses; write others under 'flows:' of the router, like flows: {marks: 0xfff00000}");
    }
}
