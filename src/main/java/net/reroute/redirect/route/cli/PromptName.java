package net.reroute.redirect.route.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a prompt before the mode: usually a name, with anything that the admin added. Its numbers may change, as
 * in a clock or a counter.
 *
 * @param text as shown last
 * @param varying indexes of the numbers that have changed, from 0
 */
record PromptName(String text, Set<Integer> varying) {

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    /** The hours of a clock may change too, even if two prompts come within a second. */
    private static final Pattern CLOCK = Pattern.compile("(?<!\\d)\\d{1,2}:\\d{2}(:\\d{2})?([.,]\\d+)?");
    /**
     * Characters that are never cut: IOS cuts the prompt to about 20 in config mode; netmiko and unicon rely on the
     * first 16.
     */
    private static final int SURE = 16;

    static PromptName of(String text) {
        return new PromptName(text, Set.of());
    }

    /** True if both lines are equal except for their numbers. */
    static boolean similar(String one, String other) {
        return NUMBER.matcher(one.strip()).replaceAll("0").equals(NUMBER.matcher(other.strip()).replaceAll("0"));
    }

    /** This name after it was shown again. Numbers that differ are varying. */
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

    /** A pattern for the whole name. */
    String pattern() {
        return pattern(text.length());
    }

    /** A pattern that also matches the name as another mode's prompt may cut it. */
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
