package net.reroute.inventory;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.reroute.core.Address;

/**
 * The host and port of a login.
 *
 * @param host name or address
 * @param port from 1
 */
record HostPort(String host, int port) {

    static final int SSH = 22;
    /** Used where the real one could not be read. */
    static final HostPort NONE = new HostPort("", SSH);

    private static final Pattern WRITTEN = Pattern
            .compile("\\[(?<v6>[^]]+)](?::(?<port6>\\d{1,5}))?|(?<name>[^:]+)(?::(?<port>\\d{1,5}))?");
    private static final String NAME = "[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?\\.?";

    /** @throws IllegalArgumentException if it is neither HOST, HOST:PORT nor [IPv6]:PORT, or no machine can be there */
    static HostPort parse(String text) {
        Matcher match = WRITTEN.matcher(text);
        if (!match.matches() || match.group("name") != null && !match.group("name").matches(NAME)) {
            throw new IllegalArgumentException("'" + text + "' is not HOST, HOST:PORT or \"[IPv6]:PORT\"; IPv6"
                    + (text.matches("[0-9a-fA-F:.]*::?[0-9a-fA-F:.]*")
                            ? " stands in brackets, like \"[" + text + "]\""
                            : " with a port stands in brackets and quotes"));
        }
        String host = match.group("v6") != null ? match.group("v6") : match.group("name");
        if (match.group("v6") != null || host.matches("[\\d.]+")) {
            ServerAddress.machine(Address.parse(host));
        }
        String port = match.group("v6") != null ? match.group("port6") : match.group("port");
        return new HostPort(host, port == null ? SSH : port(port));
    }

    /** @throws IllegalArgumentException if it is none */
    static int port(String text) {
        int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is from 1 to 65535, not " + text);
        }
        return port;
    }
}
