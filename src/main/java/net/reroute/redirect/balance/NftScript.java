package net.reroute.redirect.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.reroute.core.Address;
import net.reroute.core.Frontend.Balanced;
import net.reroute.core.Service;

/**
 * The lines that define a virtual server for nft. All lines of a batch are one transaction: no packet sees half of it.
 */
final class NftScript {

    static final String TABLE = "inet reroute";
    /** Any fixed number: with a random one, sources would move at each change. */
    private static final int SEED = 1;

    private NftScript() {}

    /** The name of a service's map and chain. */
    static String name(Service service) {
        return "s_" + service.name();
    }

    static String comment(Service service) {
        return "reroute " + service.name();
    }

    /**
     * The lines for a service with these servers in. They define all of it anew, whatever was there.
     *
     * @param there what of it exists
     */
    static List<String> lines(Service service, List<String> in, Map<String, Address> addresses, There there) {
        String name = name(service);
        Balanced balanced = service.balanced().orElseThrow();
        List<String> lines = new ArrayList<>();
        lines.addAll(gone(service, there));
        List<String> slots = Slots.of(service, in);
        String elements = IntStream.range(0, slots.size()).mapToObj(i -> i + " : " + addresses.get(slots.get(i)))
                .collect(Collectors.joining(", "));
        // 'typeof jhash' would do as well, and makes 'nft list' of nftables 1.0.6 crash.
        lines.add(
                "add map " + TABLE + " " + name + " { typeof numgen inc mod " + slots.size() + " : " + family(balanced)
                        + " daddr; elements = { " + elements + " }; }");
        lines.add("add chain " + TABLE + " " + name + " { type nat hook prerouting priority dstnat; policy accept; }");
        lines.add("add rule " + TABLE + " " + name + " " + family(balanced) + " daddr " + balanced.address()
                + " tcp dport "
                + balanced.port() + " dnat " + family(balanced) + " to " + chooser(balanced, slots.size()) + " map @"
                + name
                + " comment \"" + comment(service) + "\"");
        return lines;
    }

    /** The lines that remove a service. */
    static List<String> gone(Service service, There there) {
        String name = TABLE + " " + name(service);
        List<String> lines = new ArrayList<>();
        if (there.chain) {
            lines.addAll(List.of("flush chain " + name, "delete chain " + name));
        }
        if (there.map) {
            lines.addAll(List.of("flush map " + name, "delete map " + name));
        }
        return lines;
    }

    /** What of a service exists on the router. */
    record There(boolean chain, boolean map) {

        static final There NOTHING = new There(false, false);
    }

    static String family(Balanced balanced) {
        return balanced.address().v6() ? "ip6" : "ip";
    }

    private static String chooser(Balanced balanced, int slots) {
        return balanced.sticky()
                ? "jhash " + family(balanced) + " saddr mod " + slots + " seed " + SEED
                : "numgen inc mod " + slots;
    }

    /** A shell script that gives these lines to nft. The text has no single quote: names and addresses are restricted. */
    static String apply(String nft, List<String> lines) {
        return "printf '%s\\n' 'add table " + TABLE + "' " + lines.stream().map(l -> "'" + l + "'")
                .collect(Collectors.joining(" ")) + " | " + nft + " -f -\n";
    }
}
