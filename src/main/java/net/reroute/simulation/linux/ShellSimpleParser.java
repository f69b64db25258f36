package net.reroute.simulation.linux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.reroute.simulation.linux.ShellLexer.Token;
import net.reroute.simulation.linux.ShellNode.Assignment;
import net.reroute.simulation.linux.ShellNode.Redirect;
import net.reroute.simulation.linux.ShellWord.Part;

/** Parses simple commands and redirections. */
final class ShellSimpleParser {

    private static final Set<String> REDIRECTS = Set.of("<", ">", ">>", ">|", "<&", ">&", "<<", "<<-");

    private final ShellTokens tokens;

    ShellSimpleParser(ShellTokens tokens) {
        this.tokens = tokens;
    }

    /** Parses redirections, if any follow. */
    List<Redirect> redirects() throws IOException, ShellSyntax {
        List<Redirect> redirects = new ArrayList<>();
        while (tokens.peek().sign() != null && REDIRECTS.contains(tokens.peek().sign())) {
            redirects.add(redirect());
        }
        return redirects;
    }

    private Redirect redirect() throws IOException, ShellSyntax {
        Token sign = tokens.take();
        int usual = sign.sign().startsWith("<") ? 0 : 1;
        int fd = sign.fd() >= 0 ? sign.fd() : usual;
        if (tokens.peek().word() == null) {
            throw tokens.unexpected(tokens.peek());
        }
        ShellWord target = tokens.take().word();
        boolean heredoc = sign.sign().startsWith("<<");
        return new Redirect(fd, heredoc ? "<<" : sign.sign(),
                heredoc ? tokens.lexer().heredoc(target, sign.is("<<-")) : target);
    }

    ShellNode read() throws IOException, ShellSyntax {
        List<Assignment> assignments = new ArrayList<>();
        List<ShellWord> words = new ArrayList<>();
        List<Redirect> redirects = new ArrayList<>();
        int line = tokens.lexer().number();
        if (tokens.isCloser()) {
            throw tokens.unexpected(tokens.peek());
        }
        for (;;) {
            redirects.addAll(redirects());
            if (tokens.peek().word() == null) {
                break;
            }
            ShellWord word = tokens.take().word();
            Optional<Assignment> assignment = words.isEmpty() ? assignment(word) : Optional.empty();
            assignment.ifPresentOrElse(assignments::add, () -> words.add(word));
        }
        if (assignments.isEmpty() && words.isEmpty() && redirects.isEmpty()) {
            throw tokens.unexpected(tokens.peek());
        }
        return new ShellNode.Simple(assignments, words, redirects, line == 0 ? 1 : line);
    }

    private static Optional<Assignment> assignment(ShellWord word) {
        Part first = word.parts().getFirst();
        if (first.quoted() || first.kind() != ShellWord.Syntax.TEXT || !first.text().matches("(?s)[A-Za-z_]\\w*=.*")) {
            return Optional.empty();
        }
        int equals = first.text().indexOf('=');
        List<Part> value = new ArrayList<>(word.parts());
        value.set(0, new Part(first.kind(), first.text().substring(equals + 1), true));
        return Optional.of(new Assignment(first.text().substring(0, equals), new ShellWord(value)));
    }
}
