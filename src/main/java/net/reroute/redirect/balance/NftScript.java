package net.reroute.redirect.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.reroute.core.Frontend.Balanced;
import net.reroute.core.Service;

/**
 * The lines that define a virtual server for nft. All lines of a batch are one transaction: no packet sees half of it.
 * They define all of a service anew, whatever was there.
 */
final class NftScript {

    static final String TABLE = "inet reroute";
    /** Any fixed number: with a random one, sources would move at each change. */
    static final int SEED = 1;

    private final Service service;
    private final Balanced balanced;
    private final MapValues values;
    private final String family;
    private final String place;

    NftScript(Service service, MapValues values) {
        this.service = service;
        this.balanced = service.balanced().orElseThrow();
        this.values = values;
        this.family = family(balanced);
        this.place = family + " daddr " + balanced.address() + " tcp dport " + balanced.port();
    }

    static String family(Balanced balanced) {
        return balanced.address().v6() ? "ip6" : "ip";
    }

    /** The name of a service's map, and of the chain that spreads. */
    static String spreads(Service service) {
        return "s_" + service.name();
    }

    /** The name of the chain that ends connections of servers that have left. */
    static String ends(Service service) {
        return "e_" + service.name();
    }

    /** The name of the set of servers that are in. */
    static String in(Service service) {
        return "i_" + service.name();
    }

    /** The name of the set of servers whose connections may go on for a while. */
    static String keeps(Service service) {
        return "k_" + service.name();
    }

    /**
     * The lines for a service with these servers in.
     *
     * @param existing kinds and names of what is there
     * @param leaving values whose connections may go on, with the seconds for which they may
     */
    List<String> lines(List<String> in, Set<String> existing, Map<String, Long> leaving) {
        List<String> lines = new ArrayList<>(gone(existing));
        List<String> slots = values.values(Slots.of(service, in));
        String elements = IntStream.range(0, slots.size()).mapToObj(i -> i + " : " + slots.get(i))
                .collect(Collectors.joining(", "));
        // 'typeof jhash' would do as well, and makes 'nft list' of nftables 1.0.6 crash.
        lines.add("add map " + at(spreads(service)) + " { typeof numgen inc mod " + slots.size() + " : "
                + (balanced.direct() ? "meta mark" : family + " daddr") + "; elements = { " + elements + " }; }");
        lines.addAll(balanced.direct() ? marking(slots.size()) : translating(slots.size()));
        balanced.patience().ifPresent(p -> lines.addAll(ending(new TreeSet<>(slots), leaving)));
        return lines;
    }

    private static String at(String name) {
        return TABLE + " " + name;
    }

    private String rule(String chain, String what) {
        return "add rule " + at(chain) + " " + what + " comment \"reroute " + service.name() + "\"";
    }

    private String chooser(int slots) {
        return (balanced.sticky()
                ? "jhash " + family + " saddr mod " + slots + " seed " + SEED
                : "numgen inc mod "
                        + slots)
                + " map @" + spreads(service);
    }

    private List<String> translating(int slots) {
        String chain = spreads(service);
        return List.of("add chain " + at(chain) + " { type nat hook prerouting priority dstnat; policy accept; }",
                rule(chain, place + " dnat " + family + " to " + chooser(slots)));
    }

    /** The connection remembers the mark; a rule of routing leads each of its packets by it. */
    private List<String> marking(int slots) {
        String chain = spreads(service);
        return List.of("add chain " + at(chain) + " { type filter hook prerouting priority mangle; policy accept; }",
                rule(chain, place + " ct state new ct mark set " + chooser(slots)),
                rule(chain, place + " meta mark set ct mark"));
    }

    /** The kernel itself ends what has been leaving for long enough: elements of a set may have a time. */
    private List<String> ending(Set<String> in, Map<String, Long> leaving) {
        String type = balanced.direct() ? "meta mark" : family + " daddr";
        String chain = ends(service);
        String of = "ct original " + family + " daddr " + balanced.address()
                + " meta l4proto tcp ct original proto-dst " + balanced.port();
        List<String> lines = new ArrayList<>();
        lines.add("add set " + at(in(service)) + " { typeof " + type + "; elements = { " + String.join(", ", in)
                + " }; }");
        lines.add("add set " + at(keeps(service)) + " { typeof " + type + "; flags timeout; }");
        leaving.forEach((value, seconds) -> {
            if (!in.contains(value) && seconds > 0) {
                lines.add("add element " + at(keeps(service)) + " { " + value + " timeout " + seconds + "s }");
            }
        });
        lines.add("add chain " + at(chain) + " { type filter hook forward priority filter; policy accept; }");
        Stream<String> servers = balanced.direct()
                ? Stream.of("ct mark")
                : Stream.of("ct direction original " + family + " daddr", "ct direction reply " + family + " saddr");
        servers.forEach(s -> lines.add(rule(chain, of + " " + s + " != @" + in(service) + " "
                + s.substring(s.startsWith("ct direction") ? s.indexOf(family) : 0) + " != @" + keeps(service)
                + " reject with tcp reset")));
        return lines;
    }

    /** The lines that remove a service. */
    List<String> gone(Set<String> existing) {
        return gone(service.name(), existing);
    }

    /** The lines that remove the service of a name. */
    static List<String> gone(String name, Set<String> existing) {
        List<String> lines = new ArrayList<>();
        Stream.of("chain s_", "chain e_", "map s_", "set i_", "set k_").map(kind -> kind + name)
                .filter(existing::contains).forEach(what -> {
                    String kind = what.substring(0, what.indexOf(' '));
                    String at = at(what.substring(what.indexOf(' ') + 1));
                    lines.add("flush " + kind + " " + at);
                    lines.add("delete " + kind + " " + at);
                });
        return lines;
    }
}
