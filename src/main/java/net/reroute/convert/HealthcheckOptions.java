package net.reroute.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The arguments of ExaBGP's healthcheck as statements: an option and its value, under the option's long name. */
final class HealthcheckOptions {

    private static final Map<String, String> SHORT = Map.ofEntries(Map.entry("-s", "silent"),
            Map.entry("-sF", "syslog-facility"), Map.entry("-d", "debug"), Map.entry("-a", "no-ack"),
            Map.entry("-n", "name"), Map.entry("-F", "config"), Map.entry("-p", "pid"), Map.entry("-i", "interval"),
            Map.entry("-f", "fast-interval"), Map.entry("-t", "timeout"), Map.entry("-c", "command"),
            Map.entry("-N", "next-hop"));
    private static final Set<String> FLAGS = Set.of("silent", "no-syslog", "debug", "no-ack", "sudo",
            "deaggregate-networks", "no-ip-setup", "dynamic-ip-setup", "label-exact-match", "withdraw-on-down",
            "debounce");

    private HealthcheckOptions() {}

    /** @param words behind the word healthcheck */
    static List<Statement> of(List<String> words, Place place) throws BadSourceException {
        List<Statement> all = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String option = option(equals < 0 ? word : word.substring(0, equals)).orElseThrow(
                    () -> new BadSourceException(place, "'" + Plain.text(Mention.words(List.of(word)))
                            + "' is no option of the healthcheck; put a value with blanks in quotes"));
            boolean another = i + 1 < words.size() && words.get(i + 1).matches("--?[a-z].*");
            if (FLAGS.contains(option) || equals < 0 && another && !option.equals("command")) {
                all.add(new Statement(place, List.of(option)));
            } else if (equals >= 0) {
                all.add(new Statement(place, List.of(option, word.substring(equals + 1))));
            } else if (i + 1 < words.size()) {
                all.add(new Statement(place, List.of(option, words.get(++i))));
            } else {
                throw new BadSourceException(place, "the option --" + option + " has no value");
            }
        }
        return all;
    }

    private static Optional<String> option(String word) {
        if (word.matches("--[a-z][a-z-]*")) {
            return Optional.of(word.equals("--cmd") ? "command" : word.substring(2));
        }
        return Optional.ofNullable(SHORT.get(word));
    }
}
