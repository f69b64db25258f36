package net.reroute.inventory;

import java.util.Comparator;

/**
 * One mistake in a file.
 *
 * @param file its path as the admin knows it
 * @param line from 1
 * @param column from 1
 * @param sentence what is wrong and what to do
 */
public record Problem(String file, int line, int column, String sentence) implements Comparable<Problem> {

    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(Problem::file)
            .thenComparingInt(Problem::line).thenComparingInt(Problem::column).thenComparing(Problem::sentence);

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
