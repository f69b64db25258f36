package net.reroute.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules for names in the inventory, and suggestions for misspelt ones. */
public final class Names {

    /**
     * Words of the command line. Nothing in the inventory may have such a name: {@code reroute status} must stay
     * unambiguous.
     */
    public static final Set<String> RESERVED = Set.of("to", "move", "release", "drain", "undrain", "undo", "status",
            "plan", "explain", "init", "cluster", "convert", "history", "validate", "pause", "resume", "reload",
            "daemon", "rehearse",
            "doctor",
            "play", "jobs", "drill", "record", "help", "completion", "man", "dns", "switch", "token", "names");

    private static final int MOST_TOLD = 20;
    private static final String SHAPE = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

    private Names() {}

    /** Why a name is not allowed; empty if it is. */
    public static Optional<String> complaint(String name) {
        if (RESERVED.contains(name)) {
            return Optional.of("'" + name + "' is a word of the command line; choose another name");
        }
        return shape(name);
    }

    /** Why the form of a name is not allowed; empty if it is. Words of the command line are allowed here. */
    public static Optional<String> shape(String name) {
        return name.matches(SHAPE)
                ? Optional.empty()
                : Optional
                        .of("'" + name + "' is not a name; use letters, digits, dot, dash and underscore, 63 at most");
    }

    /** Returns ", did you mean 'host1'?" or an empty string. */
    public static String didYouMean(String word, Collection<String> known) {
        return closest(word, known).map(k -> ", did you mean '" + k + "'?").orElse("");
    }

    /** The known word most similar to this one; empty if none is similar enough. */
    public static Optional<String> closest(String word, Collection<String> known) {
        String small = word.toLowerCase(Locale.ROOT);
        return known.stream().filter(k -> similar(small, k.toLowerCase(Locale.ROOT)))
                .min(Comparator.comparingInt(k -> distance(small, k.toLowerCase(Locale.ROOT))));
    }

    /** Compares lengths first: a word may be a megabyte long. */
    private static boolean similar(String word, String known) {
        int most = Math.max(1, Math.min(word.length(), known.length()) / 3);
        return Math.abs(word.length() - known.length()) <= most && distance(word, known) <= most;
    }

    /** Known words for a sentence, the first 20 at most. */
    public static String some(Collection<String> known) {
        int more = known.size() - MOST_TOLD;
        return known.stream().limit(MOST_TOLD).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours (Damerau, 1964). */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, d, new int[]{i, j});
            }
        }
        return d[a.length()][b.length()];
    }

    private static int cheapest(String a, String b, int[][] d, int[] at) {
        int i = at[0];
        int j = at[1];
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(d[i - 1][j - 1] + same, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
