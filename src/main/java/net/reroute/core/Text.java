package net.reroute.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Text for people: wrapped, cleaned, shortened. */
public final class Text {

    private static final int LONGEST = 1000;
    private static final Pattern OBEYED = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\n\\t]]");

    private Text() {}

    /**
     * Breaks text at spaces into lines of at most {@code width} columns, unless a word is longer. The indent of the
     * first line is kept.
     */
    public static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        String indent = " ".repeat(text.length() - text.stripLeading().length());
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split(" ")) {
            if (!line.isEmpty() && plain(line + " " + word).length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            if (line.isEmpty()) {
                line.append(lines.isEmpty() ? indent : "");
            } else {
                line.append(' ');
            }
            line.append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** The text on one line, at most 1000 characters, without characters that control a terminal or a log. */
    public static String one(String text) {
        return one(text, LONGEST);
    }

    /** Like {@link #one(String)}, with another limit in characters. */
    public static String one(String text, int most) {
        String begun = text.length() > most ? text.substring(0, most) + "..." : text;
        return isHarmless(begun)
                ? begun.strip()
                : begun.lines().map(l -> clean(l).replace('\t', ' ').strip()).filter(l -> !l.isEmpty())
                        .collect(Collectors.joining("; "));
    }

    /** Removes characters that control a terminal or change the writing direction. Line ends and tabs stay. */
    public static String clean(String text) {
        return isHarmless(text) ? text : OBEYED.matcher(text).replaceAll("");
    }

    private static boolean isHarmless(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    /** A number with separators, as in 1,000. */
    public static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** How many there are, as in "1 server" and "1,000 servers". */
    public static String count(long count, String one) {
        return number(count) + " " + one + (count == 1 ? "" : "s");
    }

    /** Removes colour escape sequences, which take no columns. */
    public static String plain(String text) {
        return text.replaceAll("\u001b\\[[0-9;]*m", "");
    }
}
