package net.reroute.redirect.route.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.reroute.core.Address;
import net.reroute.core.Dialect.Family;
import net.reroute.core.Prefix;

/**
 * Reads a routing table line by line. A next hop on its own line belongs to the prefix right before it, or to none. A
 * line that fits no pattern makes the prefixes that it may concern strange.
 */
final class TableReader {

    /**
     * A route in a table.
     *
     * @param hops in the order shown
     * @param distance empty if the table shows none
     */
    record ShownRoute(Prefix prefix, List<Address> hops, Optional<Integer> distance) {

        ShownRoute with(List<Address> more, Optional<Integer> distance) {
            List<Address> all = new ArrayList<>(hops);
            more.stream().filter(h -> !all.contains(h)).forEach(all::add);
            return new ShownRoute(prefix, all, this.distance.or(() -> distance));
        }
    }

    /**
     * @param routes in use, by prefix; one without next hops leads through an interface, or is strange
     * @param parts for each prefix, a line of its route that is not understood
     * @param strange other lines that are not understood
     */
    record Table(Map<Prefix, ShownRoute> routes, Map<Prefix, String> parts, List<String> strange) {

        /** A line that is not understood and concerns this prefix; empty if there is none. */
        Optional<String> strange(Prefix prefix) {
            return Optional.ofNullable(parts.get(prefix))
                    .or(() -> strange.stream().filter(l -> CliReader.names(l, prefix)).findFirst());
        }
    }

    private final List<Pattern> known;
    private final List<Pattern> unused;
    /** True for the answer to a lookup, which has text between the prefix and its next hops. */
    private final boolean prose;
    private final Table table = new Table(new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
    private Prefix parent;
    private Prefix current;
    private String head = "";
    private boolean way;
    private Optional<String> device = Optional.empty();
    private int resolvedBehind = Integer.MAX_VALUE;

    private TableReader(List<Pattern> known, List<Pattern> unused, boolean prose) {
        this.known = known;
        this.unused = unused;
        this.prose = prose;
    }

    /** Reads the static routes in use from a table. */
    static Table table(List<String> lines, Family family) {
        return new TableReader(family.route(), family.unused(), false).read(lines);
    }

    /** Reads the routes from the answer to a lookup. */
    static Map<Prefix, ShownRoute> lookup(List<String> lines, Family family) {
        return new TableReader(family.found(), family.unused(), true).read(lines).routes();
    }

    private Table read(List<String> lines) {
        lines.forEach(this::read);
        end();
        return table;
    }

    private void read(String line) {
        Optional<Matcher> match = known.stream().map(p -> p.matcher(line)).filter(Matcher::find).findFirst();
        if (match.isPresent()) {
            read(line, match.get());
        } else if (AnswerMatcher.matches(unused, line)) {
            end();
        } else if (!prose || CliReader.namesAPrefix(line)) {
            notUnderstood(line);
        }
    }

    private void notUnderstood(String line) {
        boolean indented = line.startsWith(" ");
        if (current != null && indented && !CliReader.namesAPrefix(line)) {
            table.parts().putIfAbsent(current, line.strip());
            way = true;
        }
        if (indented) {
            parent = null; // it may be the heading of the next routes
        }
        table.strange().add(line.strip());
        end();
    }

    private void read(String line, Matcher match) {
        Optional<String> above = CliReader.group(match, "parent");
        Optional<String> text = CliReader.group(match, "prefix");
        if (above.isPresent()) {
            end();
            parent = Prefix.tryParse(above.get()).orElse(null);
        }
        if (text.isPresent()) {
            begin(line, text.get());
        }
        if (current != null) {
            ways(match);
        }
    }

    /** A line under "is subnetted" has no length; that of the line above counts. */
    private void begin(String line, String text) {
        end();
        Optional<Prefix> prefix = text.indexOf('/') >= 0
                ? Prefix.tryParse(text)
                : Optional.ofNullable(parent)
                        .flatMap(p -> Address.tryParse(text).flatMap(a -> Prefix.tryParse(a + "/" + p.length())));
        if (prefix.isEmpty()) {
            table.strange().add(line.strip());
            return;
        }
        current = prefix.get();
        head = line.strip();
        table.routes().putIfAbsent(current, new ShownRoute(current, List.of(), Optional.empty()));
    }

    private void ways(Matcher match) {
        Optional<String> hop = CliReader.group(match, "hop");
        way |= hop.isPresent();
        if (CliReader.group(match, "device").isPresent() && match.start("device") <= resolvedBehind) {
            way = true;
            device = Optional.of(match.group().strip());
        }
        Optional<Integer> distance = CliReader.group(match, "distance").map(Integer::parseInt);
        List<Address> hops = List.of();
        if (hop.isPresent() && match.start("hop") <= resolvedBehind) {
            String[] named = hop.get().split(",");
            hops = Arrays.stream(named).flatMap(h -> Address.tryParse(h.replaceFirst("%.*", "")).stream()).toList();
            resolvedBehind = CliReader.group(match, "recursive").isPresent()
                    ? match.start("hop")
                    : Integer.MAX_VALUE;
            if (hops.size() < named.length) {
                table.parts().putIfAbsent(current, match.group().strip());
            }
        }
        table.routes().put(current, table.routes().get(current).with(hops, distance));
    }

    /** Ends a route. Without an understood next hop or interface it may not be in use, so it is strange. */
    private void end() {
        if (current != null && !way) {
            table.parts().putIfAbsent(current, head);
        }
        // part of the traffic leaves through an interface
        if (current != null && device.isPresent() && !table.routes().get(current).hops().isEmpty()) {
            table.parts().putIfAbsent(current, device.get());
        }
        device = Optional.empty();
        current = null;
        way = false;
        resolvedBehind = Integer.MAX_VALUE;
    }
}
