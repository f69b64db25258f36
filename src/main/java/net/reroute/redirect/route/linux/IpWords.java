package net.reroute.redirect.route.linux;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import net.reroute.core.Address;

/** The words and values that {@code ip} prints for a route itself, or for one of its several next hops. */
final class IpWords {

    /** Words for the state of a route, which a change need not restore. */
    static final Set<String> STATE = Set.of("dead", "linkdown", "offload", "trap", "notify", "unresolved",
            "rt_offload", "rt_trap", "rt_offload_failed");
    static final Set<String> ONE_VALUE = Set.of("dev", "table", "proto", "scope", "src", "metric", "pref",
            "tos", "from", "weight", "uid", "iif");
    /** Known words with one value that {@code ip route} would not restore exactly. */
    static final Set<String> STRANGE = Set.of("rtt", "rttvar", "rto_min", "congctl", "congestion",
            "fastopen_no_cookie", "realm", "realms", "expires", "error", "mark", "nhid");
    static final Set<String> STRANGE_FLAGS = Set.of("pervasive", "features", "ecn", "tcp_usec_ts");

    private final Map<String, String> values = new LinkedHashMap<>();
    private Optional<Address> gateway = Optional.empty();
    private boolean onlink;

    /** Returns false if the word already has a value. */
    boolean put(String word, String value) {
        return values.putIfAbsent(word, value) == null;
    }

    void via(Address address) {
        gateway = Optional.of(address);
    }

    void onlink() {
        onlink = true;
    }

    boolean isOnlink() {
        return onlink;
    }

    boolean has(String word) {
        return values.containsKey(word);
    }

    String value(String word, String without) {
        return values.getOrDefault(word, without);
    }

    /** The next hop, if there is one; a link-local one includes its interface. */
    Optional<Address> gateway() {
        return gateway.map(g -> g.on(value("dev", "")));
    }

    /** Appends the words that name a next hop to a line for {@code ip route}. */
    void addHop(StringJoiner line) {
        add("via", line);
        add("dev", line);
        if (onlink) {
            line.add("onlink");
        }
    }

    /** Appends a word and its value to a line for {@code ip route}, if the word is here. */
    void add(String word, StringJoiner line) {
        if (has(word)) {
            line.add(word + " " + values.get(word));
        }
    }

    /** Appends those of these words that are here, in the order in which {@code ip} printed them. */
    void addAll(Set<String> words, StringJoiner line) {
        values.keySet().stream().filter(words::contains).forEach(w -> add(w, line));
    }
}
