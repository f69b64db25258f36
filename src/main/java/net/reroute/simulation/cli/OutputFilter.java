package net.reroute.simulation.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Filters answers before they are printed. */
final class OutputFilter {

    private OutputFilter() {}

    /** @param filter the text after {@code |}, such as {@code include ^ip route}; empty: no filter */
    static List<String> filtered(List<String> output, String filter) {
        if (filter.isEmpty()) {
            return output;
        }
        String[] words = filter.split(" ", 2);
        try {
            Pattern wanted = Pattern.compile(words.length > 1 ? unquoted(words[1].strip()) : "");
            List<String> lines = output.stream().flatMap(l -> Arrays.stream(l.split("\n"))).toList();
            return filtered(lines, words[0], l -> wanted.matcher(l).find());
        } catch (PatternSyntaxException e) {
            return List.of("% Failed to compile regular expression.");
        }
    }

    private static List<String> filtered(List<String> lines, String how, Predicate<String> has) {
        return switch (how.substring(0, 1)) {
            case "i", "g", "m" -> lines.stream().filter(has).toList(); // include, grep, match
            case "e" -> lines.stream().filter(has.negate()).toList();
            case "b" -> lines.stream().dropWhile(has.negate()).toList();
            case "s" -> section(lines, has);
            case "n" -> lines; // no-more
            case "c" -> List.of("Count: " + lines.stream().filter(has).count() + " lines");
            default -> List.of("% Invalid input detected at '^' marker.");
        };
    }

    private static String unquoted(String text) {
        return text.matches("\".*\"") ? text.substring(1, text.length() - 1) : text;
    }

    private static List<String> section(List<String> lines, Predicate<String> has) {
        List<String> kept = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            inside = has.test(line) || inside && line.startsWith(" ");
            if (inside) {
                kept.add(line);
            }
        }
        return kept;
    }

    /**
     * Inserts a message into the middle of an answer.
     *
     * @param message with its line end
     */
    static List<String> interrupted(List<String> output, String message) {
        if (output.isEmpty()) {
            return List.of(message.strip());
        }
        List<String> lines = new ArrayList<>(output);
        String middle = lines.get(lines.size() / 2);
        int cut = middle.length() / 2;
        lines.set(lines.size() / 2, middle.substring(0, cut) + message + middle.substring(cut));
        return lines;
    }
}
