package net.reroute.convert;

import java.util.ArrayList;
import java.util.List;

/** The syntax of exabgp.conf: words, braces, statements that end with a semicolon, comments behind #. */
final class ExabgpParser {

    private final List<Token> tokens = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean begun;

    private ExabgpParser() {}

    /** @throws BadSourceException at a mistake in the syntax */
    static List<Statement> parse(Source source) throws BadSourceException {
        ExabgpParser parser = new ExabgpParser();
        List<String> lines = source.lines();
        for (int i = 0; i < lines.size(); i++) {
            parser.line(lines.get(i), new Place(source.name(), i + 1));
        }
        return Tree.of(parser.tokens);
    }

    private void line(String line, Place place) throws BadSourceException {
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                add(line.charAt(++i));
            } else if (quote != 0 ? c == quote : c == '"' || c == '\'') {
                quote = quote == 0 ? c : 0;
                begun = true;
            } else if (quote != 0) {
                add(c);
            } else if (c == '#' && !begun) {
                break;
            } else {
                bare(c, place);
            }
        }
        end(place);
        if (quote != 0) {
            throw new BadSourceException(place, "a quote (" + quote + ") is not closed; close it on this line");
        }
    }

    private void bare(char c, Place place) {
        switch (c) {
            case '{', '}', ';' -> {
                end(place);
                tokens.add(Token.sign(kind(c), place));
            }
            default -> {
                if (Character.isWhitespace(c)) {
                    end(place);
                } else {
                    add(c);
                }
            }
        }
    }

    private static Token.Kind kind(char sign) {
        return switch (sign) {
            case '{' -> Token.Kind.OPEN;
            case '}' -> Token.Kind.CLOSE;
            default -> Token.Kind.END;
        };
    }

    private void add(char c) {
        word.append(c);
        begun = true;
    }

    private void end(Place place) {
        if (begun) {
            tokens.add(new Token(Token.Kind.WORD, word.toString(), place));
        }
        word.setLength(0);
        begun = false;
    }
}
