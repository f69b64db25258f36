package net.reroute.playbook;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.reroute.core.Event;

/** What a play knows of why it is played, by name. */
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

    /** A text for people; what is not known is a dash. */
    String text(String text) {
        return replaced(text, name -> all.getOrDefault(name, "-"));
    }

    /**
     * A word of a command, or a name.
     *
     * @throws IllegalArgumentException if it needs what is not known
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

    /** As far as it is known; what is not stays as it stands. */
    String known(String text) {
        return replaced(text, name -> all.getOrDefault(name, "{" + name + "}"));
    }

    private interface Value {
        String of(String name);
    }

    /** Braces around anything else are the command's own. */
    private static String replaced(String text, Value value) {
        return FACT.matcher(text).replaceAll(match -> Matcher.quoteReplacement(
                KNOWN.contains(match.group(1)) ? value.of(match.group(1)) : match.group()));
    }

    /** For the environment of a command. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        all.forEach((name, value) -> {
            if (KNOWN.contains(name)) {
                environment.put("REROUTE_" + name.toUpperCase(Locale.ROOT), cut(value.replace("\0", "")));
            }
        });
        return environment;
    }

    /** The kernel takes 128 KB in one string of an environment, and a character may be three bytes. */
    private static String cut(String value) {
        return value.length() > LONGEST ? value.substring(0, LONGEST) : value;
    }

    /** What it is about. */
    String subject() {
        return String.join(" ", Stream.of("server", "service", "check", "router").map(this::get)
                .filter(f -> !f.isEmpty()).toList());
    }
}
