package net.reroute.convert;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line at blanks, as shells and HAProxy do: quotes keep blanks, a backslash takes the next character as it is, and
 * a comment begins at a sign that is neither quoted nor escaped.
 */
final class Words {

    private final String line;
    private final String comments;
    private final boolean haproxy;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean begun;
    private char quote;

    private Words(String line, String comments, boolean haproxy) {
        this.line = line;
        this.comments = comments;
        this.haproxy = haproxy;
    }

    /**
     * The words of a line, without their quotes.
     *
     * @param comments characters that begin a comment
     * @throws BadSourceException if a quote is not closed
     */
    static List<String> of(String line, String comments, Place place) throws BadSourceException {
        return new Words(line, comments, false).all(place);
    }

    /** The words of a line of HAProxy, where a backslash before a letter of an expression stays. */
    static List<String> ofHaproxy(String line, Place place) throws BadSourceException {
        return new Words(line, "#", true).all(place);
    }

    private List<String> all(Place place) throws BadSourceException {
        split();
        if (quote != 0) {
            throw new BadSourceException(place, "a quote (" + quote + ") is not closed; close it on this line");
        }
        return words;
    }

    private void split() {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
                escaped(line.charAt(++i));
            } else if (quote != 0) {
                quoted(c);
            } else if (comments.indexOf(c) >= 0) {
                break;
            } else {
                bare(c);
            }
        }
        end();
    }

    /** In HAProxy, line ends and tabs have letters of their own; before others the backslash belongs to the word. */
    private void escaped(char c) {
        int known = haproxy ? "rnt".indexOf(c) : -1;
        if (known >= 0) {
            add("\r\n\t".charAt(known));
            return;
        }
        if (haproxy && " \\#'\"$".indexOf(c) < 0) {
            add('\\');
        }
        add(c);
    }

    private void quoted(char c) {
        if (c == quote) {
            quote = 0;
        } else {
            add(c);
        }
    }

    private void bare(char c) {
        if (c == '"' || c == '\'') {
            quote = c;
            begun = true;
        } else if (Character.isWhitespace(c)) {
            end();
        } else {
            add(c);
        }
    }

    private void add(char c) {
        word.append(c);
        begun = true;
    }

    private void end() {
        if (begun) {
            words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
    }
}
