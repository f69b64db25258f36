package net.reroute.redirect.route.linux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.reroute.core.Address;
import net.reroute.core.IpBatch;
import net.reroute.core.Prefix;
import net.reroute.redirect.route.router.Change;

/**
 * The lines, without the word {@code ip}, that make changes.
 *
 * @param devices interfaces to next hops; a change becomes a group if all of its next hops have one
 */
record ChangeLines(List<Change> changes, Optional<String> table, Map<Address, String> devices) {

    /** A next hop that is on an interface of the router itself, in a lookup. */
    private static final Pattern ON_LINK = Pattern.compile("(?m)^(?:unicast )?([0-9a-f.:]+)(?: from ::)? dev (\\S+)");

    /** True if a line of a group was refused. Kernels say in many ways that they make none. */
    boolean isGroupRefused(String answer) {
        List<String> all = all();
        return IpBatch.complaints(answer).keySet().stream().filter(i -> i <= all.size()).map(i -> all.get(i - 1))
                .anyMatch(l -> l.startsWith("nexthop ") || l.contains(" nhid "));
    }

    /** What is put back is put back as it was. */
    static boolean mayHaveGroup(Change change) {
        return change.putBack().isEmpty() && change.after().size() > 1
                && NexthopGroup.canHave(change.service().prefix(), change.after());
    }

    /** The interfaces to these next hops, as lookups show them; one that is not on an interface is missing. */
    static Map<Address, String> devices(List<Address> hops, String lookups) {
        Map<String, String> found = new HashMap<>();
        Matcher matcher = ON_LINK.matcher(lookups);
        while (matcher.find()) {
            found.put(matcher.group(1), matcher.group(2));
        }
        Map<Address, String> devices = new HashMap<>();
        hops.forEach(h -> Optional.ofNullable(h.zone().isEmpty() ? found.get(h.bare().toString()) : h.zone())
                .ifPresent(d -> devices.put(h, d)));
        return devices;
    }

    private List<String> of(Change change) {
        if (!mayHaveGroup(change) || !devices.keySet().containsAll(change.after())) {
            return List.of(IpRoute.line(change, table));
        }
        Prefix prefix = change.service().prefix();
        List<String> lines = new ArrayList<>(NexthopGroup.lines(prefix, change.after(), devices));
        lines.add(IpRoute.grouped(change, table, NexthopGroup.number(prefix)));
        return lines;
    }

    /** All lines, in order. */
    List<String> all() {
        return changes.stream().flatMap(c -> of(c).stream()).toList();
    }

    Map<Prefix, List<String>> byPrefix() {
        Map<Prefix, List<String>> lines = new HashMap<>();
        changes.forEach(c -> lines.put(c.service().prefix(), of(c).stream().map(l -> "ip " + l).toList()));
        return lines;
    }

    /** The complaints in the answer of a batch of all lines, by prefix: the first of each. */
    Map<Prefix, String> complaints(String answer) {
        Map<Prefix, String> complaints = new HashMap<>();
        Map<Integer, String> byLine = IpBatch.complaints(answer);
        int line = 0;
        for (Change change : changes) {
            for (int i = of(change).size(); i > 0; i--) {
                line++;
                if (byLine.containsKey(line)) {
                    complaints.putIfAbsent(change.service().prefix(), byLine.get(line));
                }
            }
        }
        if (byLine.isEmpty() && !answer.isBlank()) {
            changes.forEach(c -> complaints.put(c.service().prefix(), answer.strip()));
        }
        return complaints;
    }
}
