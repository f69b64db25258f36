package net.reroute.redirect.route.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a prompt before the part that shows the mode: a name as a rule, with whatever the admin added. Its
 * numbers may change from one prompt to the next, as in a clock or a counter.
 *
 * @param text as it was shown last
 * @param varying numbers that have changed, counted from 0
 */
record PromptName(String text, Set<Integer> varying) {

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    /** Hours change too, even if both prompts came within one second. */
    private static final Pattern CLOCK = Pattern.compile("(?<!\\d)\\d{1,2}:\\d{2}(:\\d{2})?([.,]\\d+)?");
    /** IOS cuts the prompt to about 20 characters in config mode; netmiko and unicon trust the first 16. */
    private static final int SURE = 16;

    static PromptName of(String text) {
        return new PromptName(text, Set.of());
    }

    /** True if both lines are the same prompt. */
    static boolean similar(String one, String other) {
        return NUMBER.matcher(one.strip()).replaceAll("0").equals(NUMBER.matcher(other.strip()).replaceAll("0"));
    }

    /** This name, as it was shown again. */
    PromptName shownAs(String again) {
        List<String> before = numbers(text);
        List<String> now = numbers(again);
        Set<Integer> all = new HashSet<>(varying);
        for (int i = 0; i < now.size(); i++) {
            if (!now.get(i).equals(before.get(i))) {
                all.add(i);
            }
        }
        return new PromptName(again, Set.copyOf(all));
    }

    private static List<String> numbers(String text) {
        return NUMBER.matcher(text).results().map(r -> r.group()).toList();
    }

    /** A pattern for the name and nothing else. */
    String pattern() {
        return pattern(text.length());
    }

    /** A pattern for the name that also matches where another mode's prompt cuts it. */
    String cutPattern() {
        return pattern(SURE);
    }

    private String pattern(int sure) {
        StringBuilder pattern = new StringBuilder();
        int cut = 0;
        for (Part part : parts()) {
            boolean maybe = part.at() >= sure;
            pattern.append(maybe ? "(?:" : "").append(part.pattern());
            cut += maybe ? 1 : 0;
        }
        return pattern.append(")?".repeat(cut)).toString();
    }

    private record Part(int at, String pattern) {}

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        Matcher number = NUMBER.matcher(text);
        int from = 0;
        for (int i = 0; number.find(); i++) {
            if (varying.contains(i) || isClock(number.start())) {
                literally(parts, from, number.start());
                parts.add(new Part(number.start(), "[0-9]+"));
                from = number.end();
            }
        }
        literally(parts, from, text.length());
        return parts;
    }

    private boolean isClock(int at) {
        return CLOCK.matcher(text).results().anyMatch(r -> r.start() <= at && at < r.end());
    }

    private void literally(List<Part> parts, int from, int to) {
        for (int i = from; i < to; i++) {
            parts.add(new Part(i, Pattern.quote(text.substring(i, i + 1))));
        }
    }
}
