package net.reroute.simulation.linux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.reroute.simulation.linux.ShellWord.Part;
import net.reroute.simulation.linux.ShellWord.Syntax;

/** Splits a script into words and operators. Requests another line only if the text so far needs one. */
final class ShellLexer {

    /**
     * @param sign an operator, "\n", or "" for the end; null for a word
     * @param word null for an operator
     * @param fd number before a redirection; -1: none
     */
    record Token(String sign, ShellWord word, int fd) {

        boolean is(String other) {
            return other.equals(sign);
        }

        /** The name of the token in an error message. */
        String text() {
            return word == null ? sign : word.plain().orElse("word");
        }
    }

    /** A heredoc whose text begins on the next line. */
    private record Pending(ShellWord target, String end, boolean literal, boolean tabs) {}

    /** The longer operators come first. */
    private static final List<String> SIGNS = List.of("<<-", "&&", "||", ";;", "<<", ">>", "<&", ">&", ">|", "<>", "&",
            "|", ";", "<", ">", "(", ")");

    private final ShellSource source;
    private final List<Pending> pending = new ArrayList<>();

    ShellLexer(ShellSource.Lines lines) {
        this.source = new ShellSource(lines);
    }

    int number() {
        return source.number();
    }

    /** Called when a new command begins. */
    void fresh() {
        source.more(false);
    }

    /** Drops the rest of a command. */
    void forget() {
        pending.clear();
        source.forget();
    }

    Token token() throws IOException, ShellSyntax {
        blanks();
        int c = source.peek();
        if (c < 0 || c == '\n') {
            source.next();
            if (c == '\n') {
                heredocs();
            }
            return new Token(c < 0 ? "" : "\n", null, -1);
        }
        source.more(true);
        boolean redirects = source.second() == '<' || source.second() == '>';
        int fd = Character.isDigit(c) && redirects ? source.next() - '0' : -1;
        for (String sign : SIGNS) {
            if (source.ahead(sign)) {
                source.skip(sign.length());
                return new Token(sign, null, fd);
            }
        }
        return new Token(null, new ShellQuotes(source).word(), -1);
    }

    private void blanks() throws IOException {
        for (int c = source.peek(); c == ' ' || c == '\t' || c == '\r' || c == '#' || source.ahead("\\\n");) {
            if (c == '#') {
                source.skipRemark();
            } else {
                source.skip(c == '\\' ? 2 : 1);
            }
            c = source.peek();
        }
    }

    /**
     * Registers a heredoc. Its text is added to the word that is returned once the line ends.
     *
     * @param tabs true to remove leading tabs
     */
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
                next.target().parts().add(new Part(Syntax.TEXT, body.toString(), true));
            } else {
                ShellPieces pieces = new ShellPieces();
                new ShellQuotes(new ShellSource(ShellSource.of(body.toString()))).quoted(pieces, (char) 0);
                next.target().parts().addAll(pieces.done());
            }
        }
        pending.clear();
    }

    private String wholeLine(Pending of) throws IOException {
        String text = source.rest();
        return of.tabs() ? text.replaceFirst("^\t+", "") : text;
    }
}
