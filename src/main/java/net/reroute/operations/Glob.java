package net.reroute.operations;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Patterns for names: * stands for any characters, ? for one. Anything else is itself. */
public final class Glob {

    private Glob() {}

    /** True if the text is a pattern and not a plain name. */
    public static boolean is(String text) {
        return text.contains("*") || text.contains("?");
    }

    /** The names that fit, in their order. */
    public static List<String> among(Collection<String> names, String pattern) {
        if (!is(pattern)) {
            return names.contains(pattern) ? List.of(pattern) : List.of();
        }
        // Several stars in a row mean what one means, and would be slow.
        String joined = pattern.replaceAll("\\*+", "*");
        StringBuilder regex = new StringBuilder();
        for (char c : joined.toCharArray()) {
            regex.append(switch (c) {
                case '*' -> ".*";
                case '?' -> ".";
                default -> Pattern.quote(String.valueOf(c));
            });
        }
        Pattern compiled = Pattern.compile(regex.toString());
        return names.stream().filter(n -> compiled.matcher(n).matches()).toList();
    }
}
