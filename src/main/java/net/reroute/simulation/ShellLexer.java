package net.reroute.simulation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.reroute.simulation.ShellWord.Kind;
import net.reroute.simulation.ShellWord.Part;

/** Cuts a script into words and operators; asks for a further line only where the text so far needs one. */
final class ShellLexer {

    /** Where lines come from. */
    interface Lines {

        /**
         * @param more the command so far is not complete
         * @return a line with its end; empty = there are no more
         */
        Optional<String> next(boolean more) throws IOException;
    }

    /**
     * @param sign an operator, "\n" or "" for the end; null if it is a word
     * @param word null if it is an operator
     * @param fd in front of a redirection; -1 = none
     */
    record Token(String sign, ShellWord word, int fd) {

        boolean is(String other) {
            return other.equals(sign);
        }

        /** How a complaint calls it. */
        String text() {
            return word == null ? sign : word.plain().orElse("word");
        }
    }

    /** A heredoc whose text begins after the end of the line. */
    private record Pending(ShellWord target, String end, boolean literal, boolean tabs) {}

    private static final Set<String> SIGNS = Set.of("&&", "||", ";;", "<<-", "<<", ">>", "<&", ">&", ">|", "<>", "&",
            "|",
            ";", "<", ">", "(", ")");
    private static final String BREAKS = " \t\n;&|<>()";

    private final Lines lines;
    private final List<Pending> pending = new ArrayList<>();
    private String line = "";
    private int at;
    private int number;
    private boolean ended;
    private boolean more;

    ShellLexer(Lines lines) {
        this.lines = lines;
    }

    /** The lines of a text. */
    static Lines lines(String text) {
        List<String> left = new ArrayList<>(text.isEmpty() ? List.of() : List.of(text.split("(?<=\n)")));
        return more -> left.isEmpty() ? Optional.empty() : Optional.of(left.removeFirst());
    }

    int number() {
        return number;
    }

    /** A new command begins: what was left of the last one is forgotten. */
    void fresh(boolean forget) {
        more = false;
        if (forget) {
            pending.clear();
            line = "";
            at = 0;
        }
    }

    private int peek() throws IOException {
        while (at >= line.length() && !ended) {
            Optional<String> next = lines.next(more);
            ended = next.isEmpty();
            line = next.orElse("");
            at = 0;
            number += ended ? 0 : 1;
        }
        return at < line.length() ? line.charAt(at) : -1;
    }

    private int next() throws IOException {
        int c = peek();
        at += c < 0 ? 0 : 1;
        return c;
    }

    private boolean ahead(String text) {
        return line.startsWith(text, at);
    }

    Token token() throws IOException, ShellSyntax {
        blanks();
        int c = peek();
        if (c < 0 || c == '\n') {
            next();
            if (c == '\n') {
                heredocs();
            }
            return new Token(c < 0 ? "" : "\n", null, -1);
        }
        more = true;
        int fd = Character.isDigit(c) && at + 1 < line.length() && "<>".indexOf(line.charAt(at + 1)) >= 0
                ? next() - '0'
                : -1;
        for (int length = 3; length > 0; length--) {
            String sign = line.substring(at, Math.min(line.length(), at + length));
            if (SIGNS.contains(sign)) {
                at += sign.length();
                return new Token(sign, null, fd);
            }
        }
        return new Token(null, word(), -1);
    }

    private void blanks() throws IOException {
        for (int c = peek(); c == ' ' || c == '\t' || c == '\r' || c == '#' || ahead("\\\n"); c = peek()) {
            if (c == '#') {
                at = line.endsWith("\n") ? line.length() - 1 : line.length();
            } else {
                at += c == '\\' ? 2 : 1;
            }
        }
    }

    private ShellWord word() throws IOException, ShellSyntax {
        Pieces pieces = new Pieces();
        for (int c = peek(); c >= 0 && BREAKS.indexOf(c) < 0 && !(c == '\r' && ahead("\r\n")); c = peek()) {
            next();
            switch (c) {
                case '\'' -> pieces.quote(until('\''));
                case '"' -> quoted(pieces, '"');
                case '\\' -> escape(pieces);
                case '$' -> dollar(pieces, false);
                case '`' -> pieces.add(new Part(Kind.COMMAND, until('`'), false));
                default -> pieces.plain((char) c);
            }
            if (at >= line.length()) {
                break;
            }
        }
        return new ShellWord(pieces.done());
    }

    private void escape(Pieces pieces) throws IOException {
        int c = next();
        if (c >= 0 && c != '\n') {
            pieces.quote(Character.toString(c));
        }
    }

    private String until(char end) throws IOException, ShellSyntax {
        StringBuilder text = new StringBuilder();
        for (int c = next(); c != end; c = next()) {
            if (c < 0) {
                throw new ShellSyntax(number, "Unterminated quoted string");
            }
            text.append((char) c);
        }
        return text.toString();
    }

    /** @param end of the quotes; 0 = the end of all text, as in a heredoc */
    private void quoted(Pieces pieces, char end) throws IOException, ShellSyntax {
        pieces.quote("");
        for (int c = next(); c != end; c = next()) {
            if (c < 0) {
                if (end == 0) {
                    return;
                }
                throw new ShellSyntax(number, "Unterminated quoted string");
            }
            if (c == '\\' && peek() >= 0 && ("$`\\\n" + end).indexOf(peek()) >= 0) {
                int escaped = next();
                pieces.quote(escaped == '\n' ? "" : Character.toString(escaped));
            } else if (c == '$') {
                dollar(pieces, true);
            } else if (c == '`') {
                pieces.add(new Part(Kind.COMMAND, until('`'), true));
            } else {
                pieces.quote(Character.toString(c));
            }
        }
    }

    private void dollar(Pieces pieces, boolean quoted) throws IOException, ShellSyntax {
        int c = at < line.length() ? peek() : -1;
        if (c == '(') {
            next();
            pieces.add(new Part(Kind.COMMAND, nested(), quoted));
        } else if (c == '{') {
            next();
            pieces.add(new Part(Kind.VARIABLE, until('}'), quoted));
        } else if (c >= 0 && "?$#@*!-0123456789".indexOf(c) >= 0) {
            pieces.add(new Part(Kind.VARIABLE, Character.toString(next()), quoted));
        } else if (c >= 0 && (Character.isLetter(c) || c == '_')) {
            StringBuilder name = new StringBuilder();
            while (at < line.length() && (Character.isLetterOrDigit(peek()) || peek() == '_')) {
                name.append((char) next());
            }
            pieces.add(new Part(Kind.VARIABLE, name.toString(), quoted));
        } else {
            pieces.add(new Part(Kind.TEXT, "$", quoted));
        }
    }

    /** The script up to the parenthesis that closes; quoted ones in it do not count. */
    private String nested() throws IOException, ShellSyntax {
        StringBuilder text = new StringBuilder();
        int depth = 1;
        for (int c = next(); depth > 0; c = depth > 0 ? next() : c) {
            if (c < 0) {
                throw new ShellSyntax(number, "end of file unexpected (expecting \")\")");
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == '\'' || c == '"') {
                text.append((char) c).append(until((char) c));
            }
            text.append(depth > 0 ? Character.toString(c) : "");
        }
        return text.toString();
    }

    /** @param tabs leading ones are cut off */
    ShellWord heredoc(ShellWord end, boolean tabs) {
        StringBuilder text = new StringBuilder();
        end.parts().forEach(p -> text.append(p.text()));
        ShellWord target = new ShellWord(new ArrayList<>());
        pending.add(new Pending(target, text.toString(), end.plain().isEmpty(), tabs));
        return target;
    }

    private void heredocs() throws IOException, ShellSyntax {
        for (Pending next : List.copyOf(pending)) {
            StringBuilder body = new StringBuilder();
            for (String text = wholeLine(next); !text.isEmpty() && !text.replaceFirst("\\R$", "").equals(next.end());) {
                body.append(text);
                text = wholeLine(next);
            }
            if (next.literal()) {
                next.target().parts().add(new Part(Kind.TEXT, body.toString(), true));
            } else {
                Pieces pieces = new Pieces();
                new ShellLexer(lines(body.toString())).quoted(pieces, (char) 0);
                next.target().parts().addAll(pieces.done());
            }
        }
        pending.clear();
    }

    private String wholeLine(Pending of) throws IOException {
        String text = peek() < 0 ? "" : line.substring(at);
        at = line.length();
        return of.tabs() ? text.replaceFirst("^\t+", "") : text;
    }

    /** Collects the parts of a word. */
    private static final class Pieces {

        private final List<Part> parts = new ArrayList<>();

        void add(Part part) {
            parts.add(part);
        }

        void plain(char c) {
            text(Character.toString(c), false);
        }

        void quote(String text) {
            text(text, true);
        }

        private void text(String text, boolean quoted) {
            Part last = parts.isEmpty() ? null : parts.getLast();
            if (last != null && last.kind() == Kind.TEXT && last.quoted() == quoted) {
                parts.set(parts.size() - 1, new Part(Kind.TEXT, last.text() + text, quoted));
            } else {
                parts.add(new Part(Kind.TEXT, text, quoted));
            }
        }

        List<Part> done() {
            return parts;
        }
    }
}
