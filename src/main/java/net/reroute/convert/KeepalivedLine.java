package net.reroute.convert;

import java.util.ArrayList;
import java.util.List;

/** One line of keepalived.conf as words and braces. */
final class KeepalivedLine {

    private final String line;
    private final Place place;
    private final List<Token> tokens = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean begun;
    private int at;

    KeepalivedLine(String line, Place place) {
        this.line = line;
        this.place = place;
    }

    /** @throws BadSourceException if a quote is not closed */
    List<Token> tokens() throws BadSourceException {
        for (; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c == '#' || c == '!') {
                break;
            }
            piece(c);
        }
        end();
        return tokens;
    }

    private void piece(char c) throws BadSourceException {
        if (c == '"' || c == '\'' && line.indexOf('\'', at + 1) > 0) {
            quoted(c);
        } else if (c == '\\' && at + 1 < line.length()) {
            add(line.charAt(++at));
        } else if (c == '$' && at + 1 < line.length() && line.charAt(at + 1) == '{' && line.indexOf('}', at) > 0) {
            variable();
        } else if (c == '{' || c == '}') {
            end();
            tokens.add(Token.sign(c == '{' ? Token.Kind.OPEN : Token.Kind.CLOSE, place));
        } else if (Character.isWhitespace(c)) {
            end();
        } else {
            add(c);
        }
    }

    /** The braces of ${NAME} belong to the word. */
    private void variable() {
        int close = line.indexOf('}', at);
        line.substring(at, close + 1).chars().forEach(c -> add((char) c));
        at = close;
    }

    private void quoted(char quote) throws BadSourceException {
        begun = true;
        for (at++; at < line.length() && line.charAt(at) != quote; at++) {
            if (line.charAt(at) == '\\' && at + 1 < line.length()) {
                at++;
            }
            add(line.charAt(at));
        }
        if (at >= line.length()) {
            throw new BadSourceException(place, "a quote (" + quote + ") is not closed; close it on this line");
        }
    }

    private void add(char c) {
        word.append(c);
        begun = true;
    }

    private void end() {
        if (begun) {
            tokens.add(new Token(Token.Kind.WORD, word.toString(), place));
        }
        word.setLength(0);
        begun = false;
    }
}
