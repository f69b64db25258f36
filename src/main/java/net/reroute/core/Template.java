package net.reroute.core;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line to type. {@code {name}} is replaced by a value; {@code <text {name}>} is omitted if there is no value.
 *
 * @param text as written in the dialect's file
 */
public record Template(String text) {

    private static final Pattern OPTIONAL = Pattern.compile("<([^<>{}]*\\{[a-z]+}[^<>{}]*)>");
    private static final Pattern VALUE = Pattern.compile("\\{([a-z]+)}");
    /** Allowed in a value. Some devices take a space, a line end or a question mark as a command of its own. */
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._:/-]{1,64}");

    /**
     * Refuses angle brackets that do not enclose a value, since they would be typed. Other braces may belong to the
     * device.
     *
     * @throws IllegalArgumentException if there are any
     */
    public Template {
        String rest = VALUE.matcher(OPTIONAL.matcher(text).replaceAll("")).replaceAll("");
        if (rest.matches(".*[<>].*")) {
            throw new IllegalArgumentException(
                    "a '<' or '>' without its other half, or without {name} between them, in '"
                            + text + "'");
        }
    }

    /** The names of all values. */
    public Set<String> names() {
        Set<String> names = new HashSet<>();
        Matcher value = VALUE.matcher(text);
        while (value.find()) {
            names.add(value.group(1));
        }
        return names;
    }

    /**
     * Returns the line.
     *
     * @throws IllegalArgumentException if a value that is not optional is missing, or a value is not a plain word
     */
    public String fill(Map<String, String> values) {
        Matcher optional = OPTIONAL.matcher(text);
        String chosen = optional.replaceAll(m -> {
            Matcher inside = VALUE.matcher(m.group(1));
            return inside.find() && values.containsKey(inside.group(1)) ? Matcher.quoteReplacement(m.group(1)) : "";
        });
        return VALUE.matcher(chosen).replaceAll(m -> Matcher.quoteReplacement(value(values, m.group(1))));
    }

    private String value(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("nothing to put for {" + name + "} in '" + text + "'");
        }
        if (!HARMLESS.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + value + "' cannot be typed for {" + name + "}");
        }
        return value;
    }

    @Override
    public String toString() {
        return text;
    }
}
