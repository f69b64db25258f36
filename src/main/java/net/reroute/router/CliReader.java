package net.reroute.router;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.reroute.core.Address;
import net.reroute.core.Dialect.Family;
import net.reroute.core.Dialect.Words;
import net.reroute.core.Prefix;

/** Understands what a router shows, by the patterns of its dialect. */
final class CliReader {

    private static final Pattern ADDRESS = Pattern
            .compile("(?<![\\w.:])(\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f]{0,4}(:[0-9A-Fa-f]{0,4}){2,7})(?![\\w.:])");

    /** A name may stand in quotes, with blanks in it. */
    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|\\S+");

    private CliReader() {}

    /**
     * A route that a table shows.
     *
     * @param hops in the order shown
     * @param distance empty if it shows none
     */
    record Shown(Prefix prefix, List<Address> hops, Optional<Integer> distance) {

        Shown with(Optional<Address> hop, Optional<Integer> more) {
            List<Address> all = new ArrayList<>(hops);
            hop.filter(h -> !all.contains(h)).ifPresent(all::add);
            return new Shown(prefix, all, distance.or(() -> more));
        }
    }

    /** A table: lines that name a prefix, and lines with next hops for the prefix named last. */
    static Map<Prefix, Shown> table(List<String> lines, List<Pattern> patterns) {
        Map<Prefix, Shown> shown = new LinkedHashMap<>();
        Prefix parent = null;
        Prefix current = null;
        for (String line : lines) {
            Matcher match = firstMatch(patterns, line);
            if (match == null) {
                continue;
            }
            Optional<String> above = group(match, "parent");
            parent = above.isPresent() ? parse(above.get(), null).orElse(parent) : parent;
            Optional<String> text = group(match, "prefix");
            current = text.isPresent() ? parse(text.get(), parent).orElse(null) : above.isPresent() ? null : current;
            if (current != null) {
                Optional<Address> hop = group(match, "hop").flatMap(CliReader::address);
                Optional<Integer> distance = group(match, "distance").map(Integer::parseInt);
                shown.merge(current, new Shown(current, List.of(), Optional.empty()).with(hop, distance),
                        (a, b) -> a.with(hop, distance));
            }
        }
        return shown;
    }

    private static Matcher firstMatch(List<Pattern> patterns, String line) {
        for (Pattern pattern : patterns) {
            Matcher match = pattern.matcher(line);
            if (match.find()) {
                return match;
            }
        }
        return null;
    }

    /** A line under "is subnetted" carries no length of its own: it has that of the line above. */
    private static Optional<Prefix> parse(String text, Prefix parent) {
        try {
            return Optional.of(text.indexOf('/') >= 0 || parent == null
                    ? Prefix.parse(text)
                    : new Prefix(Address.parse(text), parent.length()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Address> address(String text) {
        try {
            return Optional.of(Address.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> group(Matcher match, String name) {
        return match.pattern().namedGroups().containsKey(name)
                ? Optional.ofNullable(match.group(name)).filter(s -> !s.isEmpty())
                : Optional.empty();
    }

    /** Every address in a text, such as a list of interfaces. */
    static Set<Address> addresses(List<String> lines) {
        Set<Address> all = new HashSet<>();
        for (String line : lines) {
            Matcher match = ADDRESS.matcher(line.replaceAll("/\\d+", " "));
            while (match.find()) {
                address(match.group(1)).ifPresent(all::add);
            }
        }
        return all;
    }

    /**
     * The static routes of a configuration.
     *
     * @param routes by prefix; one entry for each next hop
     * @param strange lines that nobody here understands
     */
    record Config(Map<Prefix, List<ConfiguredRoute>> routes, List<String> strange) {

        List<ConfiguredRoute> of(Prefix prefix) {
            return routes.getOrDefault(prefix, List.of());
        }

        /** A line that is not understood and speaks of this prefix. */
        Optional<String> strange(Prefix prefix) {
            String network = prefix.network().toString();
            return strange.stream().filter(l -> (" " + l + " ").contains(" " + network + " ")
                    || l.contains(prefix.toString())).findFirst();
        }
    }

    static Config config(List<String> lines, Family family, Words words, Optional<String> vrf) {
        Map<Prefix, List<ConfiguredRoute>> routes = new HashMap<>();
        List<String> strange = new ArrayList<>();
        for (String line : lines) {
            Matcher match = family.line().matcher(line);
            Optional<Prefix> prefix = match.find() ? prefix(match) : Optional.empty();
            if (prefix.isPresent()) {
                if (group(match, "vrf").equals(vrf)) {
                    add(routes.computeIfAbsent(prefix.get(), p -> new ArrayList<>()), route(match, line, words));
                }
            } else if (!CliSession.matches(family.other(), line)) {
                strange.add(line);
            }
        }
        return new Config(routes, strange);
    }

    private static void add(List<ConfiguredRoute> routes, ConfiguredRoute route) {
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).hop().equals(route.hop()) && route.hop().isPresent()) {
                routes.set(i, routes.get(i).with(route));
                return;
            }
        }
        routes.add(route);
    }

    private static Optional<Prefix> prefix(Matcher match) {
        Optional<String> whole = group(match, "prefix");
        if (whole.isPresent()) {
            return parse(whole.get(), null);
        }
        Optional<Integer> length = group(match, "mask").flatMap(CliReader::address)
                .map(a -> Masks.length(a).orElse(null));
        return group(match, "network").flatMap(n -> length.flatMap(l -> parse(n + "/" + l, null)));
    }

    /** Interfaces have no common shape: whatever is neither address, number nor keyword is one. */
    private static ConfiguredRoute route(Matcher match, String line, Words words) {
        Optional<Address> hop = group(match, "hop").flatMap(CliReader::address);
        String interfaceName = group(match, "interface").orElse("");
        int distance = group(match, "distance").map(Integer::parseInt).orElse(ConfiguredRoute.DEFAULT_DISTANCE);
        String tag = group(match, "tag").orElse("");
        List<String> rest = WORD.matcher(group(match, "rest").orElse("")).results().map(MatchResult::group).toList();
        for (int i = 0; i < rest.size(); i++) {
            String word = rest.get(i);
            Optional<Address> address = address(word);
            if (words.values().contains(word) && i + 1 < rest.size()) {
                i++;
                tag = word.equals("tag") ? rest.get(i) : tag;
            } else if (address.isPresent()) {
                hop = address;
            } else if (word.matches("\\d{1,3}")) {
                distance = Integer.parseInt(word);
            } else if (!word.isEmpty() && !words.flags().contains(word)) {
                interfaceName = word;
            }
        }
        return new ConfiguredRoute(hop, interfaceName, distance, tag, List.of(line));
    }

    /** The prefixes of one family. */
    static List<Prefix> ofFamily(Collection<Prefix> prefixes, boolean v6) {
        return prefixes.stream().filter(p -> p.network().v6() == v6).toList();
    }
}
