package net.reroute.inventory;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * One mistake in a file. Its sentence is one line, whatever stood in the file, and of long values only the beginning.
 *
 * @param file its path as the admin knows it
 * @param line from 1
 * @param column from 1
 * @param sentence what is wrong and what to do
 */
public record Problem(String file, int line, int column, String sentence) implements Comparable<Problem> {

    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(Problem::file)
            .thenComparingInt(Problem::line).thenComparingInt(Problem::column).thenComparing(Problem::sentence);

    /** What shows nothing, or that a terminal obeys; a blank that is none is the cause of many a riddle. */
    private static final Pattern UNSEEN = Pattern
            .compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}\\p{Zs}&&[^ ]]");
    private static final Pattern LONG = Pattern.compile("'([^']{60})[^']{30,}'|(\\S{120})\\S{30,}");

    public Problem {
        String shown = LONG.matcher(sentence)
                .replaceAll(m -> java.util.regex.Matcher
                        .quoteReplacement(m.group(1) == null ? m.group(2) + "..." : "'" + m.group(1) + "...'"));
        sentence = UNSEEN.matcher(shown).replaceAll(m -> "\\\\u%04x".formatted(m.group().codePointAt(0)));
    }

    @Override
    public int compareTo(Problem other) {
        return BY_PLACE.compare(this, other);
    }

    /** As compilers print it, so that editors can jump there. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + sentence;
    }
}
