package net.reroute.simulation.linux;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;

/** The words of one {@code ip} command, read one after the other, with the errors for wrong ones. */
final class IpArguments {

    /** As in /etc/iproute2/rt_protos of Debian 12. */
    private static final Map<String, Integer> PROTOS = Map.ofEntries(Map.entry("unspec", 0), Map.entry("redirect", 1),
            Map.entry("kernel", 2), Map.entry("boot", 3), Map.entry("static", 4), Map.entry("gated", 8),
            Map.entry("ra", 9), Map.entry("mrt", 10), Map.entry("zebra", 11), Map.entry("bird", 12),
            Map.entry("dnrouted", 13), Map.entry("xorp", 14), Map.entry("ntk", 15), Map.entry("dhcp", 16),
            Map.entry("keepalived", 18), Map.entry("babel", 42), Map.entry("openr", 99), Map.entry("bgp", 186),
            Map.entry("isis", 187), Map.entry("ospf", 188), Map.entry("rip", 189), Map.entry("eigrp", 192));
    private static final Map<String, Long> TABLES = Map.of("unspec", 0L, "default", LinuxTable.DEFAULT, "main",
            LinuxTable.MAIN, "local", LinuxTable.LOCAL);
    private static final List<String> SCOPES = List.of("global", "link", "host");

    private final List<String> words;
    private int at;

    IpArguments(List<String> words) {
        this.words = words;
    }

    boolean hasNext() {
        return at < words.size();
    }

    String peek() {
        return words.get(at);
    }

    String next() {
        return words.get(at++);
    }

    /** The remaining words as text. Reads none of them. */
    String rest() {
        return String.join(" ", words.subList(at, words.size()));
    }

    /** Reads a word that must be there. */
    String need() throws IpFailure {
        if (!hasNext()) {
            throw IpFailure.fatal("Command line is not complete. Try option \"help\"", 255);
        }
        return next();
    }

    /** Reads the next word if it is this one. */
    boolean take(String word) {
        boolean same = hasNext() && peek().equals(word);
        at += same ? 1 : 0;
        return same;
    }

    static boolean isShow(String verb) {
        return matches(verb, "show") || matches(verb, "lst") || matches(verb, "list");
    }

    /** True if a word equals another one or abbreviates it. */
    static boolean matches(String word, String full) {
        return !word.isEmpty() && full.startsWith(word);
    }

    Address address(boolean v6) throws IpFailure {
        String word = need();
        return IpNet.parse(word).filter(n -> n.address().v6() == v6 && word.indexOf('/') < 0).map(IpNet::address)
                .orElseThrow(() -> IpFailure.expected(family(v6) + " address", word));
    }

    /** @param v6 the required family; empty: any */
    IpNet net(Optional<Boolean> v6) throws IpFailure {
        return net(need(), v6);
    }

    static IpNet net(String word, Optional<Boolean> v6) throws IpFailure {
        if (List.of("default", "any", "all").contains(word)) {
            return IpNet.any(v6.orElse(false));
        }
        return IpNet.parse(word).filter(n -> v6.isEmpty() || n.address().v6() == v6.get()).orElseThrow(
                () -> IpFailure.expected(v6.map(IpArguments::family).orElse("any valid") + " prefix", word));
    }

    private static String family(boolean v6) {
        return v6 ? "inet6" : "inet";
    }

    /**
     * @param most the largest number allowed
     * @param why the error for anything else
     */
    long number(long most, String why) throws IpFailure {
        String word = need();
        try {
            long number = Long.decode(word);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw IpFailure.wrong(word, why);
        }
        throw IpFailure.wrong(word, why);
    }

    int proto(String why) throws IpFailure {
        if (hasNext() && PROTOS.containsKey(peek())) {
            return PROTOS.get(next());
        }
        return (int) number(255, why);
    }

    long table(String why) throws IpFailure {
        long table = hasNext() && TABLES.containsKey(peek()) ? TABLES.get(next()) : number(0xFFFF_FFFFL, why);
        return table == 0 ? LinuxTable.MAIN : table;
    }

    String scope() throws IpFailure {
        String word = need();
        if (!SCOPES.contains(word)) {
            throw IpFailure.wrong(word, "invalid \"scope\" value");
        }
        return word;
    }

    static String protoName(int proto) {
        return PROTOS.entrySet().stream().filter(e -> e.getValue() == proto).map(Map.Entry::getKey).findFirst()
                .orElse(Integer.toString(proto));
    }

    static String tableName(long table) {
        return TABLES.entrySet().stream().filter(e -> e.getValue() == table).map(Map.Entry::getKey).findFirst()
                .orElse(Long.toString(table));
    }
}
