package net.reroute.core;

/** What is said of a text that should be an address or a prefix: where only one reading is sensible, that one. */
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

    /** Dotted masks are what devices print and people copy. */
    static String prefix(String text, Address address, String length) {
        String shown = "'" + text + "' is not a prefix; write ";
        if (!address.v6() && reads(length) && !Address.parse(length).v6()) {
            int ones = Address.parse(length).bits().bitCount();
            if (Prefix.around(Address.parse("255.255.255.255"), ones).network().equals(Address.parse(length))) {
                return shown + Prefix.around(address, ones);
            }
        }
        return shown + "it like 192.168.1.32/27 or \"2001:db8::/64\"";
    }

    static String withoutLength(String text, Address address, boolean oneAddress) {
        int widest = oneAddress ? address.width() : Prefix.widestLength(address);
        return "'" + text + "' has no length; write " + quoted(address + "/" + address.width())
                + (widest == address.width()
                        ? ""
                        : " for one address, or its length, such as "
                                + quoted(address + "/" + widest));
    }

    private static boolean reads(String text) {
        try {
            Address.parse(text);
            return !text.isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** An IPv6 address has colons, and YAML takes them for its own. */
    private static String quoted(String address) {
        return address.indexOf(':') >= 0 ? "\"" + address + "\"" : address;
    }
}
