package net.reroute.router;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Prefix;

/**
 * The shell scripts a Linux router is sent. Nothing in them is free text: prefixes, addresses, table names that were
 * checked, and words the router itself printed.
 */
final class IpScript {

    /** Above this many prefixes one dump of the table is cheaper than asking for each. */
    static final int ASK_EACH = 500;
    /** Stands between the parts of an answer. */
    static final String NEXT = "=-=next=-=";
    /** Stands where a table could not be read: an empty answer after an error must never look like an empty table. */
    static final String UNREADABLE = "=-=unreadable=-=";

    private static final String END = "=-=end=-=";

    private final String ip;
    private final Optional<String> table;

    IpScript(boolean sudo, Optional<String> table) {
        this.ip = sudo ? "sudo -n ip" : "ip";
        this.table = table;
    }

    String addresses() {
        return ip + " -j addr show";
    }

    /** The routes of these prefixes, as rows of JSON arrays. */
    String show(Collection<Prefix> prefixes) {
        String in = table.orElse("main");
        StringBuilder script = new StringBuilder();
        for (String family : List.of("-4", "-6")) {
            List<String> each = prefixes.stream().filter(p -> p.network().v6() == family.equals("-6"))
                    .map(p -> "route show exact " + p + " table " + in).toList();
            String orUnreadable = "|| echo " + UNREADABLE;
            if (each.size() > ASK_EACH) {
                script.append(ip + " " + family + " -j -d route show table " + in + " " + orUnreadable + "\n");
            } else {
                script.append(batch(family + " -j -d", each, orUnreadable));
            }
        }
        return script.toString();
    }

    /** Changes, then the routes as they are now, then the router's own lookups. */
    String apply(List<String> lines, Collection<Prefix> prefixes, List<Address> lookups) {
        return batch("-force", lines, "2>&1") + "echo; echo " + NEXT + "\n" + show(prefixes) + "echo " + NEXT + "\n"
                + lookup(lookups);
    }

    /** In a table of its own a lookup by rules may lead elsewhere; there the longest match is what counts. */
    private String lookup(List<Address> addresses) {
        StringBuilder script = new StringBuilder();
        for (String family : List.of("-4", "-6")) {
            List<String> each = addresses.stream().filter(a -> a.v6() == family.equals("-6"))
                    .map(a -> table.map(t -> "route show table " + t + " match " + a).orElse("route get " + a))
                    .toList();
            // An address without any route is an error to ip, and an answer to us.
            script.append(batch(family + " -j -d -force", each, "|| :"));
        }
        return script.toString();
    }

    /**
     * @param after what follows the command on its line: a redirection or an alternative
     */
    private String batch(String flags, List<String> lines, String after) {
        String text = "\n" + String.join("\n", lines) + "\n" + END + "\n";
        return lines.isEmpty() ? "" : ip + " " + flags + " -batch - <<'" + END + "' " + after + text;
    }
}
