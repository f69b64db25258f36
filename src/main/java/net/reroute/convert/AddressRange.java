package net.reroute.convert;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Address;

/** Ranges of addresses, as keepalived writes them (10.0.0.1-9, 10.0.0.1-10.0.1.9) and ldirectord (10.0.0.1->10.0.0.9). */
final class AddressRange {

    /** Longer ranges are told, not written out. */
    static final int MOST = 64;

    private AddressRange() {}

    /** The addresses of a range or of one address; none if the text is neither, or the range is too long. */
    static List<Address> of(String text) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            return Host.of(text).address().stream().toList();
        }
        Optional<Address> first = Host.of(text.substring(0, dash)).address();
        String end = text.substring(dash + 1).replaceFirst("^>", "");
        return first.flatMap(f -> last(f, end).map(l -> between(f, l))).orElse(List.of());
    }

    /** The end in full, or its last part alone. */
    private static Optional<Address> last(Address first, String end) {
        String start = first.toString();
        int cut = Math.max(start.lastIndexOf('.'), start.lastIndexOf(':')) + 1;
        Optional<Address> whole = Address.tryParse(end);
        return whole.isPresent() ? whole : Address.tryParse(start.substring(0, cut) + end);
    }

    private static List<Address> between(Address first, Address last) {
        List<Address> all = new ArrayList<>();
        BigInteger count = last.bits().subtract(first.bits());
        if (first.v6() != last.v6() || count.signum() < 0 || count.compareTo(BigInteger.valueOf(MOST)) >= 0) {
            return all;
        }
        for (int i = 0; i <= count.intValue(); i++) {
            all.add(new Address(first.v6(), first.bits().add(BigInteger.valueOf(i))));
        }
        return all;
    }
}
