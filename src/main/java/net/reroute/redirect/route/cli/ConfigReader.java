package net.reroute.redirect.route.cli;

import java.util.ArrayList;
import java.util.HashMap;
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

/**
 * Reads the static routes of a configuration. A line is understood completely or not at all: an unknown word, a second
 * distance or a second next hop makes it strange.
 *
 * @param family patterns of the lines
 * @param words that the lines may have
 * @param vrf whose routes to read; empty: the global table
 * @param interfaces of the device
 */
record ConfigReader(Family family, Words words, Optional<String> vrf, Set<String> interfaces) {

    /** A word. A quoted word may contain blanks. */
    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|\\S+");
    /** Interface names have in common only that they contain a number. A name without one must be known. */
    private static final Pattern NUMBERED = Pattern.compile("[A-Za-z][\\w./:@()-]*\\d[\\w./:@()-]*");
    private static final int LARGEST_DISTANCE = 255;

    /**
     * The static routes of a configuration.
     *
     * @param routes by prefix, in the order written
     * @param strange lines that are not understood
     */
    record Config(Map<Prefix, List<ConfiguredRoute>> routes, List<String> strange) {

        List<ConfiguredRoute> of(Prefix prefix) {
            return routes.getOrDefault(prefix, List.of());
        }

        /** A line that is not understood and concerns this prefix; empty if there is none. */
        Optional<String> strange(Prefix prefix) {
            return strange.stream().filter(l -> CliReader.names(l, prefix)).findFirst();
        }
    }

    Config read(List<String> lines) {
        Config config = new Config(new HashMap<>(), new ArrayList<>());
        lines.forEach(line -> read(line, config));
        return config;
    }

    private void read(String line, Config into) {
        Matcher match = family.line().matcher(line);
        Optional<Prefix> prefix = match.find() ? prefix(match) : Optional.empty();
        if (prefix.isEmpty()) {
            if (!AnswerMatcher.matches(family.other(), line)) {
                into.strange().add(line);
            }
            return;
        }
        if (!CliReader.group(match, "vrf").equals(vrf)) {
            return; // belongs to another table
        }
        Optional<ConfiguredRoute> route = route(match, line);
        if (route.isEmpty()) {
            into.strange().add(line);
            return;
        }
        add(into.routes().computeIfAbsent(prefix.get(), p -> new ArrayList<>()), route.get());
    }

    /** Adds a route. Some devices write one next hop on several lines; on others each line is a route. */
    private void add(List<ConfiguredRoute> routes, ConfiguredRoute route) {
        boolean spread = family.line().namedGroups().containsKey("attribute");
        for (int i = 0; spread && i < routes.size(); i++) {
            if (routes.get(i).hop().equals(route.hop()) && routes.get(i).way().equals(route.way())) {
                routes.set(i, routes.get(i).with(route));
                return;
            }
        }
        routes.add(route);
    }

    private static Optional<Prefix> prefix(Matcher match) {
        Optional<String> whole = CliReader.group(match, "prefix");
        if (whole.isPresent()) {
            return Prefix.tryParse(whole.get());
        }
        Optional<Integer> length = CliReader.group(match, "mask").flatMap(Address::tryParse).flatMap(Masks::length);
        return CliReader.group(match, "network").flatMap(n -> length.flatMap(l -> Prefix.tryParse(n + "/" + l)));
    }

    private Optional<ConfiguredRoute> route(Matcher match, String line) {
        Rest rest = new Rest(WORD.matcher(CliReader.group(match, "rest").orElse("")).results().map(MatchResult::group)
                .toList());
        if (!rest.isUnderstood()) {
            return Optional.empty();
        }
        Optional<Address> hop = CliReader.group(match, "hop").flatMap(Address::tryParse).or(() -> rest.hop);
        String interfaceName = CliReader.group(match, "interface").orElse(rest.interfaceName);
        int distance = CliReader.group(match, "distance").map(Integer::parseInt).or(() -> rest.distance)
                .orElse(ConfiguredRoute.DEFAULT_DISTANCE);
        String tag = CliReader.group(match, "tag").orElse(rest.tag);
        return Optional.of(new ConfiguredRoute(hop, new ConfiguredRoute.Outlet(interfaceName,
                CliReader.group(match, "way").orElse("")), distance, tag, List.of(line)));
    }

    /** The words behind a prefix: a next hop, an interface, then a distance and keywords in any order. */
    private final class Rest {

        private final List<String> words;
        private int at;
        private Optional<Address> hop = Optional.empty();
        private String interfaceName = "";
        private Optional<Integer> distance = Optional.empty();
        private String tag = "";

        Rest(List<String> words) {
            this.words = words;
        }

        /** False if a word is unknown or out of place. */
        boolean isUnderstood() {
            while (at < words.size()) {
                boolean atStart = at < 2 && distance.isEmpty();
                if (!(atStart && isPlace(words.get(at)) || isKeyword(words.get(at)) || isDistance(words.get(at)))) {
                    return false;
                }
                at++;
            }
            return words.isEmpty() || hop.isPresent() || !interfaceName.isEmpty();
        }

        private boolean isPlace(String word) {
            Optional<Address> address = Address.tryParse(word);
            if (address.isPresent() && hop.isEmpty()) {
                hop = address;
                return true;
            }
            boolean named = NUMBERED.matcher(word).matches() || interfaces.contains(word)
                    || ConfigReader.this.words.interfaces().contains(word);
            if (address.isEmpty() && interfaceName.isEmpty() && named && !isAnyKeyword(word)) {
                interfaceName = word;
                return true;
            }
            return false;
        }

        private boolean isAnyKeyword(String word) {
            Words known = ConfigReader.this.words;
            return known.values().contains(word) || known.flags().contains(word) || known.texts().contains(word);
        }

        private boolean isKeyword(String word) {
            Words known = ConfigReader.this.words;
            if (known.texts().contains(word)) {
                at = words.size();
                return true;
            }
            if (known.values().contains(word) && at + 1 < words.size()) {
                at++;
                tag = word.equals("tag") ? words.get(at) : tag;
                return true;
            }
            return known.flags().contains(word);
        }

        private boolean isDistance(String word) {
            if (distance.isPresent() || !word.matches("[1-9]\\d{0,2}") || Integer.parseInt(word) > LARGEST_DISTANCE) {
                return false;
            }
            distance = Optional.of(Integer.parseInt(word));
            return true;
        }
    }
}
