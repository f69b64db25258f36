package net.reroute.inventory;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One mistake in a file. The sentence is one line, whatever the file contains; long values are shortened.
 *
 * @param file its path as the admin knows it
 * @param line from 1
 * @param column from 1
 * @param sentence what is wrong and what to do
 */
public record Problem(String file, int line, int column, String sentence) implements Comparable<Problem> {

    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(Problem::file)
            .thenComparingInt(Problem::line).thenComparingInt(Problem::column).thenComparing(Problem::sentence);

    /** Characters that are invisible or control a terminal. An unusual blank is hard to find otherwise. */
    private static final Pattern UNSEEN = Pattern
            .compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}\\p{Zs}&&[^ ]]");
    /** A quoted value, or a word; an apostrophe within a word opens nothing. */
    private static final Pattern VALUE = Pattern.compile("(?<!\\w)'[^']*'|\\S{120,}");
    private static final int LONGEST = 80;

    public Problem {
        String shown = VALUE.matcher(sentence).replaceAll(m -> Matcher.quoteReplacement(beginning(m.group())));
        sentence = UNSEEN.matcher(shown).replaceAll(m -> "\\\\u%04x".formatted(m.group().codePointAt(0)));
    }

    /** A path relative to the working directory if it lies below, else absolute. */
    static String shown(Path file) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.startsWith(here) ? here.relativize(absolute).toString() : absolute.toString();
    }

    private static String beginning(String value) {
        if (value.length() <= LONGEST) {
            return value;
        }
        return value.substring(0, LONGEST) + "..." + (value.startsWith("'") ? "'" : "");
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
