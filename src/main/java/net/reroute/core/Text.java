package net.reroute.core;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Text for people, broken into lines. */
public final class Text {

    private static final int LONGEST = 1000;
    private static final Pattern OBEYED = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\n\\t]]");

    private Text() {}

    /** Breaks at spaces, so that no line shows more than this many columns unless a word does; a first indent stays. */
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

    /** What a machine said, in one line: short, and without what a terminal or a log would obey. */
    public static String one(String text) {
        return one(text, LONGEST);
    }

    /** The same, of so many characters at most. */
    public static String one(String text, int most) {
        String begun = text.length() > most ? text.substring(0, most) + "..." : text;
        return isHarmless(begun)
                ? begun.strip()
                : begun.lines().map(l -> clean(l).replace('\t', ' ').strip()).filter(l -> !l.isEmpty())
                        .collect(Collectors.joining("; "));
    }

    /** Without what a terminal would obey, and without what turns the direction of writing; line ends and tabs stay. */
    public static String clean(String text) {
        return isHarmless(text) ? text : OBEYED.matcher(text).replaceAll("");
    }

    private static boolean isHarmless(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    /** Without the escape sequences that colour it, which take no room. */
    public static String plain(String text) {
        return text.replaceAll("\u001b\\[[0-9;]*m", "");
    }
}
