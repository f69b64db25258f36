package net.reroute.convert;

import java.util.Optional;
import net.reroute.core.Address;

/**
 * A machine as a source names it.
 *
 * @param text as written, without brackets
 * @param address empty if it is a name, a variable, or an address that no machine can have
 */
record Host(String text, Optional<Address> address) {

    static Host of(String written) {
        boolean brackets = written.startsWith("[") && written.endsWith("]");
        String text = brackets ? written.substring(1, written.length() - 1) : written;
        return new Host(text, Address.tryParse(text)
                .filter(a -> !a.linkLocal() && a.nobodys().isEmpty() && a.zone().isEmpty()));
    }

    static Host of(Address address) {
        return new Host(address.toString(), Optional.of(address));
    }
}
