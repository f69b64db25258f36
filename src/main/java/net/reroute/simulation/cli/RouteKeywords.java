package net.reroute.simulation.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Address;
import net.reroute.core.Prefix;

/**
 * The words after the prefix in a line for a static route. They may be typed in any order.
 *
 * @param values keywords that have a value
 * @param flags keywords without a value
 * @param printed all keywords, in the order in which the device prints them
 */
record RouteKeywords(List<String> values, List<String> flags, List<String> printed) {

    RouteKeywords(List<String> values) {
        this(values, List.of(), values);
    }

    /**
     * Parses the words of a line.
     *
     * @param from index of the first word after the prefix
     * @param begun the route so far; its distance counts if the line has none
     */
    StaticRoute parse(List<String> words, int from, StaticRoute begun) throws InvalidInput {
        Reading reading = new Reading(begun);
        for (int at = from; at < words.size();) {
            at += reading.take(words, at);
        }
        return new StaticRoute(begun.vrf(), begun.prefix(), reading.hop, reading.interfaceName, reading.distance,
                String.join(" ", order(reading.more)), true);
    }

    /** The words parsed so far. */
    private final class Reading {

        private final boolean v6;
        private final List<String> more = new ArrayList<>();
        private Optional<Address> hop = Optional.empty();
        private String interfaceName = "";
        private int distance;

        Reading(StaticRoute begun) {
            v6 = begun.prefix().network().v6();
            distance = begun.distance();
        }

        /** Parses a word and its value. Returns the number of words taken. */
        int take(List<String> words, int at) throws InvalidInput {
            String word = words.get(at);
            if (values.contains(word) && at + 1 < words.size()) {
                more.add(word + " " + words.get(at + 1));
                return 2;
            }
            if (flags.contains(word)) {
                more.add(word);
            } else if (word.matches("0*[1-9]\\d{0,2}") && Integer.parseInt(word) < 256) {
                distance = Integer.parseInt(word);
            } else if (word.matches("[\\d.]+|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*")) {
                hop = Optional.of(address(words, at, v6));
            } else if (word.matches("[A-Za-z][A-Za-z-]+[\\d/.]+")) {
                interfaceName = word;
            } else {
                throw new InvalidInput(at);
            }
            return 1;
        }
    }

    private List<String> order(List<String> more) {
        List<String> ordered = new ArrayList<>();
        for (String first : printed) {
            more.stream().filter(m -> m.startsWith(first)).forEach(ordered::add);
        }
        return ordered;
    }

    /** @param at index of a word that must be an address of this family */
    static Address address(List<String> words, int at, boolean v6) throws InvalidInput {
        try {
            Address address = Address.parse(words.get(at));
            if (address.v6() == v6) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(at);
        }
        throw new InvalidInput(at);
    }

    /** @param at index of a word that must be a prefix of this family */
    static Prefix prefix(List<String> words, int at, boolean v6) throws InvalidInput {
        try {
            Prefix prefix = Prefix.parse(words.get(at));
            if (prefix.network().v6() == v6) {
                return prefix;
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(at);
        }
        throw new InvalidInput(at);
    }
}
