package net.reroute.redirect.route.linux;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.core.Text;
import net.reroute.redirect.route.router.Route;

/**
 * One route as {@code ip -o} prints it: one line, with the words of iproute2's ip/iproute.c (print_route) since 3.16,
 * and of busybox. Every known word has a number of values. A line with an unknown word is not understood, since the
 * value could be anything.
 */
final class IpText {

    private static final Set<String> TYPES = Set.of("unicast", "local", "broadcast", "anycast", "multicast",
            "blackhole", "unreachable", "prohibit", "throw", "nat");
    /** How older versions print -1, the kernel's default. */
    private static final String NO_HOPLIMIT = "4294967295";

    private final String line;
    private String type = "unicast";
    private String dst = "";
    private Prefix prefix;
    private final IpWords head = new IpWords();
    private final List<IpWords> nexthops = new ArrayList<>();
    private final List<String> strange = new ArrayList<>();
    private String unknown = "";

    private IpText(String line) {
        this.line = line;
    }

    /** Reads a line; empty if it does not start like a route. */
    static Optional<IpText> read(String line, boolean v6) {
        String[] parts = line.split("\\\\");
        Deque<String> words = words(parts[0]);
        IpText route = new IpText(Text.one(line).replace('\\', ' ').replaceAll("\\s+", " "));
        if (!words.isEmpty() && TYPES.contains(words.peek())) {
            route.type = words.poll();
        }
        try {
            route.dst = words.isEmpty() ? "" : words.poll();
            route.prefix = prefix(route.dst, v6);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        route.take(words, route.head);
        for (int i = 1; i < parts.length; i++) {
            route.more(words(parts[i]));
        }
        route.compareNexthops();
        return Optional.of(route);
    }

    /**
     * Notes what a change of all next hops would lose: a nexthop without a gateway, and different onlink interfaces.
     */
    private void compareNexthops() {
        addStrange(nexthops.stream().anyMatch(n -> n.gateway().isEmpty()), "nexthop without via");
        Set<String> onlink = nexthops.stream().map(n -> n.isOnlink() + " " + n.value("dev", ""))
                .collect(Collectors.toSet());
        addStrange(nexthops.stream().anyMatch(n -> n.isOnlink()) && onlink.size() > 1,
                "onlink over several interfaces");
    }

    private static Deque<String> words(String text) {
        return new ArrayDeque<>(text.isBlank() ? List.of() : List.of(text.strip().split("\\s+")));
    }

    private static Prefix prefix(String word, boolean v6) {
        String any = v6 ? "::" : "0.0.0.0";
        if (word.equals("default")) {
            return Prefix.parse(any + "/0");
        }
        return Prefix.parse(word.startsWith("0/") ? any + word.substring(1) : word);
    }

    private void more(Deque<String> words) {
        String first = words.isEmpty() ? "cache" : words.poll();
        if (first.equals("nexthop")) {
            nexthops.add(new IpWords());
            take(words, nexthops.getLast());
        } else if (!first.equals("cache") && !(first.equals("nh_info") && head.has("nhid"))) {
            notUnderstood(first);
        }
    }

    private void take(Deque<String> words, IpWords part) {
        try {
            while (!words.isEmpty() && unknown.isEmpty()) {
                word(words, part);
            }
        } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
            notUnderstood(words.isEmpty() ? "the end" : words.peek());
        }
    }

    private void word(Deque<String> words, IpWords part) {
        String word = words.pop();
        if (word.equals("via")) {
            via(words, part);
        } else if (word.equals("onlink")) {
            part.onlink();
        } else if (IpWords.ONE_VALUE.contains(word)) {
            once(part, word, words.pop());
        } else if (IpRoute.METRICS.contains(word) || IpWords.STRANGE.contains(word)) {
            String lock = "lock".equals(words.peek()) ? words.pop() + " " : "";
            once(part, word, lock + words.pop());
            boolean ours = word.equals("nhid") && NexthopGroup.isOurs(prefix, part.value(word, ""));
            addStrange(IpWords.STRANGE.contains(word) && !ours, word + " " + part.value(word, ""));
        } else if (IpWords.STRANGE_FLAGS.contains(word)) {
            addStrange(true, word);
        } else if (!IpWords.STATE.contains(word)) {
            notUnderstood(word);
        }
    }

    private void via(Deque<String> words, IpWords part) {
        String next = words.pop();
        boolean family = next.equals("inet6") || next.equals("inet");
        String address = family ? words.pop() : next;
        part.via(Address.parse(address));
        once(part, "via", family ? next + " " + address : address);
        addStrange(family, "via " + next);
    }

    private void once(IpWords part, String word, String value) {
        if (!part.put(word, value)) {
            notUnderstood(word + " " + value);
        }
    }

    private void addStrange(boolean condition, String what) {
        if (condition) {
            strange.add(what);
        }
    }

    private void notUnderstood(String word) {
        unknown = unknown.isEmpty() ? word : unknown;
    }

    Prefix prefix() {
        return prefix;
    }

    /** The metric; 0, the most preferred, if there is none. */
    long metric() {
        String metric = head.value("metric", "0");
        return metric.matches("\\d{1,10}") ? Long.parseLong(metric) : 0;
    }

    /** True for a route that only some packets take, by source or type of service. */
    boolean isSelective() {
        return head.has("tos") || head.has("from");
    }

    /** True for a route of the kernel's local table, which precedes all others. */
    boolean isLocal() {
        return Set.of("local", "broadcast", "anycast", "multicast").contains(type);
    }

    /** The table of the route, or {@code without} if none is shown. */
    String table(String without) {
        return head.value("table", without);
    }

    /** The next hop used, in the output of {@code ip route get}. */
    Optional<Address> gateway() {
        IpWords taken = nexthops.isEmpty() ? head : nexthops.getFirst();
        return unknown.isEmpty() ? taken.gateway() : Optional.empty();
    }

    /** @param program that printed the line */
    Route route(IpProgram program) {
        return new Route(prefix, hops(), exact(), owner(program),
                unknown.isEmpty() && head.value("proto", "").equals(IpRoute.OURS));
    }

    /** The next hops, sorted. A line that is not understood has none. */
    private List<Address> hops() {
        List<Address> hops = new ArrayList<>();
        head.gateway().ifPresent(hops::add);
        nexthops.forEach(n -> n.gateway().ifPresent(hops::add));
        return unknown.isEmpty() ? hops.stream().sorted().toList() : List.of();
    }

    private Optional<String> owner(IpProgram program) {
        Optional<String> owner = IpRoute.owner(head.value("proto", program.shows() ? "boot" : ""),
                Optional.of(head.value("nhid", "")).filter(n -> !n.isEmpty() && !NexthopGroup.isOurs(prefix, n)));
        if (owner.isPresent()) {
            return owner;
        }
        if (!unknown.isEmpty()) {
            return Optional.of("has a line that is not understood at '" + unknown + "' (" + line + ")");
        }
        if (!strange.isEmpty()) {
            return Optional.of(IpRoute.strange(strange) + ": " + line);
        }
        return program.ownerUnknown();
    }

    /** The arguments for {@code ip route} that make exactly this route; the line itself if it is not understood. */
    String exact() {
        if (!unknown.isEmpty()) {
            return line;
        }
        StringJoiner words = new StringJoiner(" ");
        words.add((type.equals("unicast") ? "" : type + " ") + dst);
        head.addHop(words);
        head.add("proto", words);
        if (!head.value("scope", "global").equals("global")) {
            head.add("scope", words);
        }
        head.add("metric", words);
        head.add("src", words);
        head.addAll(metrics(), words);
        if (!head.value("pref", "medium").equals("medium")) {
            head.add("pref", words);
        }
        for (IpWords hop : nexthops) {
            words.add("nexthop");
            hop.addHop(words);
            hop.add("weight", words);
        }
        return words.toString().replaceAll(" +", " ").strip();
    }

    private Set<String> metrics() {
        Set<String> metrics = new HashSet<>(IpRoute.METRICS);
        if (head.value("hoplimit", "").equals(NO_HOPLIMIT)) {
            metrics.remove("hoplimit");
        }
        return metrics;
    }
}
