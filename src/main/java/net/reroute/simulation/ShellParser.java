package net.reroute.simulation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.reroute.simulation.ShellLexer.Token;
import net.reroute.simulation.ShellNode.Assignment;
import net.reroute.simulation.ShellNode.Redirect;
import net.reroute.simulation.ShellWord.Part;

/** Reads a script command by command: the part of POSIX sh that people type at routers. No functions, no case. */
final class ShellParser {

    private static final Set<String> CLOSERS = Set.of("}", "then", "else", "elif", "fi", "do", "done");
    private static final Set<String> REDIRECTS = Set.of("<", ">", ">>", ">|", "<&", ">&", "<<", "<<-");

    private final ShellLexer lexer;
    private Token ahead;

    ShellParser(ShellLexer lexer) {
        this.lexer = lexer;
    }

    /** All that can run once a line is complete; empty = the end. */
    Optional<ShellNode> next() throws IOException, ShellSyntax {
        lexer.fresh(false);
        ahead = null;
        if (peek().is("")) {
            return Optional.empty();
        }
        List<ShellNode> nodes = new ArrayList<>();
        while (!peek().is("\n") && !peek().is("")) {
            nodes.add(either());
            if (!take(";") && !take("&") && !peek().is("\n") && !peek().is("")) {
                throw unexpected(peek());
            }
        }
        ahead = null;
        return Optional.of(new ShellNode.Block(nodes));
    }

    private Token peek() throws IOException, ShellSyntax {
        if (ahead == null) {
            ahead = lexer.token();
        }
        return ahead;
    }

    private Token take() throws IOException, ShellSyntax {
        Token token = peek();
        ahead = null;
        return token;
    }

    private boolean take(String sign) throws IOException, ShellSyntax {
        boolean same = peek().is(sign);
        ahead = same ? null : ahead;
        return same;
    }

    private boolean isKeyword(String keyword) throws IOException, ShellSyntax {
        return peek().word() != null && peek().word().plain().equals(Optional.of(keyword));
    }

    private boolean takeKeyword(String keyword) throws IOException, ShellSyntax {
        boolean same = isKeyword(keyword);
        ahead = same ? null : ahead;
        return same;
    }

    private void needKeyword(String keyword) throws IOException, ShellSyntax {
        if (!takeKeyword(keyword)) {
            throw unexpected(peek());
        }
    }

    private ShellSyntax unexpected(Token token) {
        String text = token.is("") ? "end of file" : token.is("\n") ? "newline" : "\"" + token.text() + "\"";
        return new ShellSyntax(lexer.number(), text + " unexpected");
    }

    private void newlines() throws IOException, ShellSyntax {
        while (take("\n")) {
            continue;
        }
    }

    /** Commands up to a closing word or parenthesis, which stays. */
    private ShellNode block() throws IOException, ShellSyntax {
        List<ShellNode> nodes = new ArrayList<>();
        newlines();
        while (!peek().is(")") && !isCloser()) {
            nodes.add(either());
            if (!take(";") && !take("&") && !take("\n") && !peek().is(")")) {
                throw unexpected(peek());
            }
            newlines();
        }
        if (nodes.isEmpty()) {
            throw unexpected(peek());
        }
        return new ShellNode.Block(nodes);
    }

    private boolean isCloser() throws IOException, ShellSyntax {
        return peek().word() != null && peek().word().plain().filter(CLOSERS::contains).isPresent();
    }

    private ShellNode either() throws IOException, ShellSyntax {
        ShellNode node = pipe();
        while (peek().is("&&") || peek().is("||")) {
            boolean and = take().is("&&");
            newlines();
            node = new ShellNode.Either(node, and, pipe());
        }
        return node;
    }

    private ShellNode pipe() throws IOException, ShellSyntax {
        boolean not = takeKeyword("!");
        List<ShellNode> parts = new ArrayList<>(List.of(command()));
        while (take("|")) {
            newlines();
            parts.add(command());
        }
        return parts.size() == 1 && !not ? parts.getFirst() : new ShellNode.Pipe(parts, not);
    }

    private ShellNode command() throws IOException, ShellSyntax {
        if (take("(")) {
            ShellNode body = block();
            if (!take(")")) {
                throw unexpected(peek());
            }
            return new ShellNode.Group(body, true, redirects());
        }
        if (takeKeyword("{")) {
            ShellNode body = block();
            needKeyword("}");
            return new ShellNode.Group(body, false, redirects());
        }
        Optional<ShellNode> compound = compound();
        return compound.isPresent() ? new ShellNode.Group(compound.get(), false, redirects()) : simple();
    }

    private Optional<ShellNode> compound() throws IOException, ShellSyntax {
        if (takeKeyword("if")) {
            return Optional.of(ifThen());
        }
        if (isKeyword("while") || isKeyword("until")) {
            boolean until = take().word().plain().equals(Optional.of("until"));
            ShellNode condition = block();
            return Optional.of(new ShellNode.While(condition, until, loop()));
        }
        return takeKeyword("for") ? Optional.of(forEach()) : Optional.empty();
    }

    private ShellNode ifThen() throws IOException, ShellSyntax {
        ShellNode condition = block();
        needKeyword("then");
        ShellNode then = block();
        Optional<ShellNode> otherwise = Optional.empty();
        if (takeKeyword("elif")) {
            return new ShellNode.If(condition, then, Optional.of(ifThen()));
        }
        if (takeKeyword("else")) {
            otherwise = Optional.of(block());
        }
        needKeyword("fi");
        return new ShellNode.If(condition, then, otherwise);
    }

    private ShellNode loop() throws IOException, ShellSyntax {
        needKeyword("do");
        ShellNode body = block();
        needKeyword("done");
        return body;
    }

    private ShellNode forEach() throws IOException, ShellSyntax {
        String name = peek().text();
        take();
        List<ShellWord> words = new ArrayList<>();
        needKeyword("in");
        while (peek().word() != null) {
            words.add(take().word());
        }
        if (!take(";") && !peek().is("\n")) {
            throw unexpected(peek());
        }
        newlines();
        return new ShellNode.For(name, words, loop());
    }

    private List<Redirect> redirects() throws IOException, ShellSyntax {
        List<Redirect> redirects = new ArrayList<>();
        while (peek().sign() != null && REDIRECTS.contains(peek().sign())) {
            redirects.add(redirect());
        }
        return redirects;
    }

    private Redirect redirect() throws IOException, ShellSyntax {
        Token sign = take();
        int fd = sign.fd() >= 0 ? sign.fd() : sign.sign().startsWith("<") ? 0 : 1;
        if (peek().word() == null) {
            throw unexpected(peek());
        }
        ShellWord target = take().word();
        boolean heredoc = sign.sign().startsWith("<<");
        return new Redirect(fd, heredoc ? "<<" : sign.sign(),
                heredoc ? lexer.heredoc(target, sign.is("<<-")) : target);
    }

    private ShellNode simple() throws IOException, ShellSyntax {
        List<Assignment> assignments = new ArrayList<>();
        List<ShellWord> words = new ArrayList<>();
        List<Redirect> redirects = new ArrayList<>();
        int line = lexer.number();
        if (isCloser()) {
            throw unexpected(peek());
        }
        for (;;) {
            redirects.addAll(redirects());
            if (peek().word() == null) {
                break;
            }
            ShellWord word = take().word();
            Optional<Assignment> assignment = words.isEmpty() ? assignment(word) : Optional.empty();
            assignment.ifPresentOrElse(assignments::add, () -> words.add(word));
        }
        if (assignments.isEmpty() && words.isEmpty() && redirects.isEmpty()) {
            throw unexpected(peek());
        }
        return new ShellNode.Simple(assignments, words, redirects, line == 0 ? 1 : line);
    }

    private static Optional<Assignment> assignment(ShellWord word) {
        Part first = word.parts().getFirst();
        if (first.quoted() || first.kind() != ShellWord.Kind.TEXT || !first.text().matches("(?s)[A-Za-z_]\\w*=.*")) {
            return Optional.empty();
        }
        int equals = first.text().indexOf('=');
        List<Part> value = new ArrayList<>(word.parts());
        value.set(0, new Part(first.kind(), first.text().substring(equals + 1), true));
        return Optional.of(new Assignment(first.text().substring(0, equals), new ShellWord(value)));
    }
}
