package net.reroute.core;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Text for people, broken into lines. */
public final class Lines {

    private static final int LONGEST = 1000;

    private Lines() {}

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
            line.append(lines.isEmpty() && line.isEmpty() ? indent : line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** What a machine said, in one line: short, and without what a terminal would obey. */
    public static String one(String text) {
        String begun = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        return begun.lines().map(l -> l.replaceAll("[\\p{Cc}\\p{Cf}]", "").strip()).filter(l -> !l.isEmpty())
                .collect(Collectors.joining("; "));
    }

    /** Without the escape sequences that colour it, which take no room. */
    public static String plain(String text) {
        return text.replaceAll("\u001b\\[[0-9;]*m", "");
    }
}
