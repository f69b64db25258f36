package net.reroute.convert;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.reroute.core.Address;

/**
 * Addresses for machines whose address the source does not hold. They are of networks for documentation (RFC 5737,
 * RFC 3849, RFC 9637), then of those for benchmarks (RFC 2544): nobody's machines are there.
 */
final class Placeholders {

    private static final List<String> NETWORKS = List.of("192.0.2.", "198.51.100.", "203.0.113.");
    private static final int LAST = 255;
    private static final int MOST = 60_000;

    private final Set<Address> used;
    private final Set<Address> claimed = new HashSet<>();
    private final List<Claim> wide;
    private int next = 1;
    private int last;

    /**
     * Placeholders that are in nobody's way.
     *
     * @param used addresses of machines
     * @param claims of services and switches
     */
    Placeholders(Set<Address> used, List<Claim> claims) {
        this.used = used;
        claims.forEach(c -> claimed.add(c.prefix().network()));
        wide = claims.stream().filter(c -> !c.isAny() && c.prefix().length() < c.prefix().network().width()).toList();
    }

    /** One that no entry needs; if there is none, one that no machine has, and the service is refused later. */
    Address next(boolean v6) {
        for (; next < MOST; next++) {
            Address candidate = v6 ? Address.parse("2001:db8::" + Integer.toHexString(next)) : v4(next);
            if (isFree(candidate)) {
                used.add(candidate);
                return candidate;
            }
        }
        Address other;
        do {
            last++;
            other = Address
                    .parse("3fff::" + Integer.toHexString(last >> 16) + ":" + Integer.toHexString(last & 0xffff));
        } while (!used.add(other));
        return other;
    }

    private static Address v4(int number) {
        int network = number / LAST;
        return Address.parse(network < NETWORKS.size()
                ? NETWORKS.get(network) + number % LAST
                : "198.18." + network % 256 + "." + number % LAST);
    }

    private boolean isFree(Address candidate) {
        return !used.contains(candidate) && !claimed.contains(candidate)
                && wide.stream().noneMatch(c -> c.holds(candidate)) && !candidate.toString().endsWith(".0");
    }
}
