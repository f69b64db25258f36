package net.reroute.convert;

import java.util.OptionalInt;
import net.reroute.core.Address;

/**
 * An address and port of HAProxy. The port stands behind the last colon, also with IPv6.
 *
 * @param host empty or * for all addresses
 * @param port empty if there is none
 */
record HaproxyAddress(String host, String port) {

    static HaproxyAddress of(String written) {
        String text = written.replaceFirst("^(ipv4|tcp|tcp4)@", "").replaceFirst("^(ipv6|tcp6)@(\\*?)(?=:\\d)", "::")
                .replaceFirst("^(ipv6|tcp6)@", "");
        int colon = text.lastIndexOf(':');
        boolean portless = colon < 0 || text.endsWith("]");
        String end = portless ? "" : text.substring(colon + 1);
        String begin = portless ? text : text.substring(0, colon);
        boolean whole = begin.indexOf(':') >= 0 && !begin.startsWith("[") && Address.tryParse(begin).isEmpty()
                && Address.tryParse(text).isPresent();
        return whole ? new HaproxyAddress(text, "") : new HaproxyAddress(begin, end);
    }

    OptionalInt number() {
        return Numbers.port(port);
    }

    /** Sockets of other kinds are no addresses. */
    boolean isElsewhere() {
        return host.startsWith("/") || host.indexOf('@') >= 0;
    }

    boolean isAny() {
        return host.isEmpty() || host.equals("*");
    }
}
