package net.reroute.redirect.route.cli;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.reroute.core.Address;
import net.reroute.core.Prefix;

/** Finds addresses and prefixes in lines of tables and configurations. */
final class CliReader {

    private static final Pattern ADDRESS = Pattern
            .compile("(?<![\\w.:])(\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f]{0,4}(:[0-9A-Fa-f]{0,4}){2,7})(?![\\w.:])");
    /** Separates words, including the = of RouterOS. */
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s,;=\\[\\]\"'()]+");

    private CliReader() {}

    /** The value of a named group; empty if the pattern has no such group or the group is empty. */
    static Optional<String> group(Matcher match, String name) {
        return match.pattern().namedGroups().containsKey(name)
                ? Optional.ofNullable(match.group(name)).filter(s -> !s.isEmpty())
                : Optional.empty();
    }

    /** All addresses in some lines, such as a list of interfaces. */
    static Set<Address> addresses(List<String> lines) {
        Set<Address> all = new HashSet<>();
        for (String line : lines) {
            Matcher match = ADDRESS.matcher(line.replaceAll("/\\d+", " "));
            while (match.find()) {
                Address.tryParse(match.group(1)).ifPresent(all::add);
            }
        }
        return all;
    }

    /** The prefixes of one family. */
    static List<Prefix> ofFamily(Collection<Prefix> prefixes, boolean v6) {
        return prefixes.stream().filter(p -> p.network().v6() == v6).toList();
    }

    /** True if a line names this prefix, or its network without a length, since the mask may be a separate word. */
    static boolean names(String line, Prefix prefix) {
        return words(line).anyMatch(w -> w.indexOf('/') < 0
                ? Address.tryParse(w).equals(Optional.of(prefix.network()))
                : Prefix.tryParse(w).equals(Optional.of(prefix)));
    }

    /** True if a line names any prefix with its length. */
    static boolean namesAPrefix(String line) {
        return words(line).anyMatch(w -> w.indexOf('/') > 0 && Prefix.tryParse(w).isPresent());
    }

    private static java.util.stream.Stream<String> words(String line) {
        return Arrays.stream(BETWEEN_WORDS.split(line));
    }
}
