package net.reroute.redirect.route.cli;

import java.math.BigInteger;
import java.util.Optional;
import net.reroute.core.Address;

/** Dotted masks, as IOS writes prefix lengths. */
final class Masks {

    private static final BigInteger ALL = BigInteger.valueOf(0xffffffffL);

    private Masks() {}

    /** The prefix length of a mask; empty if the address is not a mask. */
    static Optional<Integer> length(Address mask) {
        int ones = mask.bits().bitCount();
        return !mask.v6() && ALL.shiftLeft(32 - ones).and(ALL).equals(mask.bits())
                ? Optional.of(ones)
                : Optional.empty();
    }
}
