package net.reroute.simulation.linux;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import net.reroute.simulation.linux.ShellLexer.Token;

/** The tokens of a script, with one token of lookahead. */
final class ShellTokens {

    private static final Set<String> CLOSERS = Set.of("}", "then", "else", "elif", "fi", "do", "done");

    private final ShellLexer lexer;
    private Token ahead;

    ShellTokens(ShellLexer lexer) {
        this.lexer = lexer;
    }

    ShellLexer lexer() {
        return lexer;
    }

    /** Called when a new command begins. Drops the lookahead; reads no further line. */
    void fresh() {
        lexer.fresh();
        ahead = null;
    }

    Token peek() throws IOException, ShellSyntax {
        if (ahead == null) {
            ahead = lexer.token();
        }
        return ahead;
    }

    Token take() throws IOException, ShellSyntax {
        Token token = peek();
        ahead = null;
        return token;
    }

    boolean take(String sign) throws IOException, ShellSyntax {
        boolean same = peek().is(sign);
        ahead = same ? null : ahead;
        return same;
    }

    boolean isKeyword(String keyword) throws IOException, ShellSyntax {
        return peek().word() != null && peek().word().plain().equals(Optional.of(keyword));
    }

    boolean takeKeyword(String keyword) throws IOException, ShellSyntax {
        boolean same = isKeyword(keyword);
        ahead = same ? null : ahead;
        return same;
    }

    void needKeyword(String keyword) throws IOException, ShellSyntax {
        if (!takeKeyword(keyword)) {
            throw unexpected(peek(), keyword);
        }
    }

    ShellSyntax unexpected(Token token, String expected) {
        return new ShellSyntax(lexer.number(), unexpected(token).getMessage().replaceFirst("^Syntax error: ", "")
                + " (expecting \"" + expected + "\")");
    }

    ShellSyntax unexpected(Token token) {
        return new ShellSyntax(lexer.number(), name(token) + " unexpected");
    }

    private static String name(Token token) {
        if (token.is("")) {
            return "end of file";
        }
        return token.is("\n") ? "newline" : "\"" + token.text() + "\"";
    }

    void newlines() throws IOException, ShellSyntax {
        while (take("\n")) {
            continue;
        }
    }

    /** True if the next word can only end a compound command or start its next part. */
    boolean isCloser() throws IOException, ShellSyntax {
        return peek().word() != null && peek().word().plain().filter(CLOSERS::contains).isPresent();
    }
}
