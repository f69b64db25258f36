package net.reroute.playbook;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.reroute.core.Event;

/** The values for placeholders like {server} in a playbook, by name. */
record Placeholders(Map<String, String> all) {

    private static final int LONGEST = 16 << 10;
    private static final Pattern FACT = Pattern.compile("\\{([a-z]+)}");
    private static final List<String> KNOWN = Stream.concat(Event.NAMES.stream(), Event.TEXTS.stream()).toList();

    Placeholders {
        all = Map.copyOf(all);
    }

    static Placeholders of(Event event) {
        return new Placeholders(event.facts()).with("event", event.kind().word()).with("time", event.at().toString());
    }

    Placeholders with(String name, String value) {
        Map<String, String> next = new HashMap<>(all);
        next.put(name, value);
        return new Placeholders(next);
    }

    String get(String name) {
        return all.getOrDefault(name, "");
    }

    /** Fills in a text for people. An unknown value becomes a dash. */
    String text(String text) {
        return replaced(text, name -> all.getOrDefault(name, "-"));
    }

    /**
     * Fills in a word of a command, or a name.
     *
     * @throws IllegalArgumentException if a value is unknown or empty
     */
    String word(String text) {
        return replaced(text, name -> {
            String value = all.get(name);
            if (value == null || value.isEmpty()) {
                throw new IllegalArgumentException("nothing is known to put for {" + name + "}; by hand, say it with --"
                        + name);
            }
            return value;
        });
    }

    List<String> words(List<String> words) {
        return words.stream().map(this::word).toList();
    }

    /** Fills in the known values, and leaves other placeholders as they are. */
    String known(String text) {
        return replaced(text, name -> all.getOrDefault(name, "{" + name + "}"));
    }

    private interface Value {
        String of(String name);
    }

    /** Other words in braces belong to the command, and stay. */
    private static String replaced(String text, Value value) {
        return FACT.matcher(text).replaceAll(match -> Matcher.quoteReplacement(
                KNOWN.contains(match.group(1)) ? value.of(match.group(1)) : match.group()));
    }

    /** The values as variables of a command's environment, like REROUTE_SERVER. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        all.forEach((name, value) -> {
            if (KNOWN.contains(name)) {
                environment.put("REROUTE_" + name.toUpperCase(Locale.ROOT), cut(value.replace("\0", "")));
            }
        });
        return environment;
    }

    /** Linux limits a string of the environment to 128 KB (execve(2)); a character may take three bytes. */
    private static String cut(String value) {
        return value.length() > LONGEST ? value.substring(0, LONGEST) : value;
    }

    /** The server, service, check and router that the playbook runs for. */
    String subject() {
        return String.join(" ", Stream.of("server", "service", "check", "router").map(this::get)
                .filter(f -> !f.isEmpty()).toList());
    }
}
