package net.reroute.check;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.regex.Pattern;

/**
 * Searches a body for the wanted text. The body is not trusted, and some expressions take exponential time on some
 * bodies (ReDoS). So the number of steps is limited, and the thread yields regularly. Not thread-safe.
 */
final class Search {

    /** Limit of steps, that is, characters examined: 100 to 200 ms. */
    private static final int MOST = 20_000_000;
    /** Limit of steps for searches before the body is complete. */
    private static final int EARLY = 2_000_000;
    private static final int BETWEEN_PAUSES = 1 << 14;

    private final Pattern wanted;
    private long steps;

    Search(Pattern wanted) {
        this.wanted = wanted;
    }

    /** The search took too many steps. */
    static final class TooLongException extends RuntimeException {

        private static final long serialVersionUID = 1;

        TooLongException() {
            super("looking for body-regex takes too long in this body; write it simpler", null, false, false);
        }
    }

    /** True while there are steps left for a search before the body is complete. */
    boolean mayBeEarly() {
        return steps < EARLY;
    }

    /**
     * True if the text contains the wanted one.
     *
     * @throws TooLongException if the search takes too many steps
     */
    boolean isIn(ByteArrayOutputStream bytes, Charset charset) {
        steps += bytes.size(); // the cost of decoding
        return wanted.matcher(new Counted(bytes.toString(charset))).find();
    }

    /** As {@link #isIn}, in a text that is complete. */
    static boolean has(Pattern wanted, String text) {
        Search search = new Search(wanted);
        return wanted.matcher(search.new Counted(text)).find();
    }

    private final class Counted implements CharSequence {

        private final String text;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int at) {
            steps++;
            if (steps % BETWEEN_PAUSES == 0) {
                pause();
            }
            return text.charAt(at);
        }

        private void pause() {
            if (steps > MOST) {
                throw new TooLongException();
            }
            Thread.yield();
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return new Counted(text.substring(from, to));
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
