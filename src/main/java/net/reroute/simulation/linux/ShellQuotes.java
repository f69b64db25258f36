package net.reroute.simulation.linux;

import java.io.IOException;
import net.reroute.simulation.linux.ShellWord.Part;
import net.reroute.simulation.linux.ShellWord.Syntax;

/** Parses one word with its quotes and dollar expressions. */
final class ShellQuotes {

    /** The characters that end an unquoted word. */
    private static final String BREAKS = " \t\n;&|<>()";

    private final ShellSource source;

    ShellQuotes(ShellSource source) {
        this.source = source;
    }

    ShellWord word() throws IOException, ShellSyntax {
        ShellPieces pieces = new ShellPieces();
        for (int c = source.peek(); c >= 0 && BREAKS.indexOf(c) < 0
                && !(c == '\r' && source.ahead("\r\n")); c = source.peek()) {
            source.next();
            switch (c) {
                case '\'' -> pieces.quote(until('\''));
                case '"' -> quoted(pieces, '"');
                case '\\' -> escape(pieces);
                case '$' -> dollar(pieces, false);
                case '`' -> pieces.add(new Part(Syntax.COMMAND, until('`'), false));
                default -> pieces.plain((char) c);
            }
            if (source.peekInLine() < 0) {
                break;
            }
        }
        return new ShellWord(pieces.done());
    }

    private void escape(ShellPieces pieces) throws IOException {
        int c = source.next();
        if (c >= 0 && c != '\n') {
            pieces.quote(Character.toString(c));
        }
    }

    private String until(char end) throws IOException, ShellSyntax {
        StringBuilder text = new StringBuilder();
        for (int c = source.next(); c != end; c = source.next()) {
            if (c < 0) {
                throw new ShellSyntax(source.number(), "Unterminated quoted string");
            }
            text.append((char) c);
        }
        return text.toString();
    }

    /**
     * Parses text in double quotes.
     *
     * @param end the closing quote; 0: the end of the text, as in a heredoc
     */
    void quoted(ShellPieces pieces, char end) throws IOException, ShellSyntax {
        int before = pieces.done().size();
        for (int c = source.next(); c != end && (c >= 0 || end != 0); c = source.next()) {
            if (c < 0) {
                throw new ShellSyntax(source.number(), "Unterminated quoted string");
            }
            if (c == '\\' && source.peek() >= 0 && ("$`\\\n" + end).indexOf(source.peek()) >= 0) {
                int escaped = source.next();
                pieces.quote(escaped == '\n' ? "" : Character.toString(escaped));
            } else if (c == '$') {
                dollar(pieces, true);
            } else if (c == '`') {
                pieces.add(new Part(Syntax.COMMAND, until('`'), true));
            } else {
                pieces.quote(Character.toString(c));
            }
        }
        if (pieces.done().size() == before) {
            pieces.quote("");
        }
    }

    private void dollar(ShellPieces pieces, boolean quoted) throws IOException, ShellSyntax {
        int c = source.peekInLine();
        if (c == '(') {
            source.next();
            pieces.add(new Part(Syntax.COMMAND, nested(), quoted));
        } else if (c == '{') {
            source.next();
            pieces.add(new Part(Syntax.VARIABLE, until('}'), quoted));
        } else if (c >= 0 && "?$#@*!-0123456789".indexOf(c) >= 0) {
            pieces.add(new Part(Syntax.VARIABLE, Character.toString(source.next()), quoted));
        } else if (c >= 0 && (Character.isLetter(c) || c == '_')) {
            StringBuilder name = new StringBuilder();
            while (Character.isLetterOrDigit(source.peekInLine()) || source.peekInLine() == '_') {
                name.append((char) source.next());
            }
            pieces.add(new Part(Syntax.VARIABLE, name.toString(), quoted));
        } else {
            pieces.add(new Part(Syntax.TEXT, "$", quoted));
        }
    }

    /** The script up to the closing parenthesis. Quoted parentheses do not count. */
    private String nested() throws IOException, ShellSyntax {
        StringBuilder text = new StringBuilder();
        int depth = 1;
        for (int c = source.next(); depth > 0; c = depth > 0 ? source.next() : c) {
            if (c < 0) {
                throw new ShellSyntax(source.number(), "end of file unexpected (expecting \")\")");
            }
            depth += c == '(' ? 1 : 0;
            depth -= c == ')' ? 1 : 0;
            if (c == '\'' || c == '"') {
                text.append((char) c).append(until((char) c));
            }
            text.append(depth > 0 ? Character.toString(c) : "");
        }
        return text.toString();
    }
}
