package net.reroute.core;

/** Error messages for text that should be a prefix. */
final class UnreadablePrefix {

    private UnreadablePrefix() {}

    /** Understands dotted masks, which devices print and people copy. */
    static String prefix(String text, Address address, String length) {
        String shown = "'" + text + "' is not a prefix; write ";
        if (!address.v6() && Unreadable.reads(length) && !Address.parse(length).v6()) {
            int ones = Address.parse(length).bits().bitCount();
            if (Prefix.around(Address.parse("255.255.255.255"), ones).network().equals(Address.parse(length))) {
                return shown + Prefix.around(address, ones);
            }
        }
        return shown + "it like 192.168.1.32/27 or \"2001:db8::/64\"";
    }

    static String withoutLength(String text, Address address, boolean oneAddress) {
        int widest = oneAddress ? address.width() : Prefix.widestLength(address);
        return "'" + text + "' has no length; write " + Unreadable.quoted(address + "/" + address.width())
                + (widest == address.width()
                        ? ""
                        : " for one address, or its length, such as "
                                + Unreadable.quoted(address + "/" + widest));
    }
}
