package net.reroute.inventory;

import java.util.Locale;
import java.util.Optional;

/** The text of a name in DNS. */
final class DnsNameText {

    /** RFC 1035, 2.3.4 and 3.1. Underscores are common in names of services. */
    private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?";
    private static final int LONGEST = 253;

    private DnsNameText() {}

    /** Why a text is no name in DNS; empty if it is. */
    static Optional<String> complaint(String name) {
        if (!name.equals(name.toLowerCase(Locale.ROOT))) {
            return Optional.of("write names in DNS in small letters: " + name.toLowerCase(Locale.ROOT));
        }
        boolean good = name.length() <= LONGEST && name.matches("(\\*\\.)?" + LABEL + "(\\." + LABEL + ")+");
        return good
                ? Optional.empty()
                : Optional.of("'" + name + "' is no name in DNS; write it whole and without a dot at its end, like"
                        + " www.widgetco.example");
    }
}
