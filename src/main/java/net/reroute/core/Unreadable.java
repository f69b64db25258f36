package net.reroute.core;

/** Error messages for text that should be an address. If only one meaning is plausible, the message suggests it. */
final class Unreadable {

    private static final String LIKE = "; write it like 192.168.1.2 or \"2001:db8::2\"";

    private Unreadable() {}

    static String address(String text) {
        String bare = text.strip().replaceFirst("^\\[(.*)]$", "$1");
        String host = bare.replaceFirst("/\\d{1,3}$", "");
        String alone = bare.replaceFirst("^([\\d.]+|\\[[^]]*]):\\d{1,5}$", "$1").replaceAll("[\\[\\]]", "");
        String hint = "";
        if (!bare.equals(text) && reads(bare)) {
            hint = ", here " + quoted(bare);
        } else if (!host.equals(bare) && reads(host)) {
            hint = ", without a length: " + quoted(host);
        } else if (!alone.equals(bare) && reads(alone)) {
            hint = ", without a port: " + quoted(alone);
        } else if (text.matches("[A-Za-z0-9_.-]*[A-Za-z][A-Za-z0-9_.-]*")) {
            hint = "; no name server is asked here, so that none can be in the way, but 'getent hosts " + text
                    + "' tells the address";
        }
        return "'" + text + "' is not an IP address" + LIKE + hint;
    }

    static boolean reads(String text) {
        try {
            Address.parse(text);
            return !text.isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Quotes an IPv6 address, since YAML interprets colons. */
    static String quoted(String address) {
        return address.indexOf(':') >= 0 ? "\"" + address + "\"" : address;
    }
}
