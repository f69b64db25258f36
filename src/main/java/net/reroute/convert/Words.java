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
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean begun;
    private char quote;

    private Words(String line, String comments) {
        this.line = line;
        this.comments = comments;
    }

    /**
     * The words of a line, without their quotes.
     *
     * @param comments characters that begin a comment
     * @throws BadSourceException if a quote is not closed
     */
    static List<String> of(String line, String comments, Place place) throws BadSourceException {
        Words words = new Words(line, comments);
        words.split();
        if (words.quote != 0) {
            throw new BadSourceException(place, "a quote (" + words.quote + ") is not closed; close it on this line");
        }
        return words.words;
    }

    private void split() {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
                add(line.charAt(++i));
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
