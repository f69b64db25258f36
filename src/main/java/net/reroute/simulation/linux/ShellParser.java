package net.reroute.simulation.linux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses a script command by command: the part of POSIX sh that admins type on routers. No functions, no case. */
final class ShellParser {

    private final ShellTokens tokens;
    private final ShellSimpleParser simple;

    ShellParser(ShellLexer lexer) {
        this.tokens = new ShellTokens(lexer);
        this.simple = new ShellSimpleParser(tokens);
    }

    /** Parses all commands of a complete line; empty at the end. */
    Optional<ShellNode> next() throws IOException, ShellSyntax {
        tokens.fresh();
        if (tokens.peek().is("")) {
            return Optional.empty();
        }
        List<ShellNode> nodes = new ArrayList<>();
        while (!tokens.peek().is("\n") && !tokens.peek().is("")) {
            nodes.add(either());
            if (!tokens.take(";") && !tokens.take("&") && !tokens.peek().is("\n") && !tokens.peek().is("")) {
                throw tokens.unexpected(tokens.peek());
            }
        }
        tokens.fresh();
        return Optional.of(new ShellNode.Block(nodes));
    }

    /** Parses commands up to a closing word or parenthesis, which is not consumed. */
    private ShellNode block() throws IOException, ShellSyntax {
        List<ShellNode> nodes = new ArrayList<>();
        tokens.newlines();
        while (!tokens.peek().is(")") && !tokens.peek().is("") && !tokens.isCloser()) {
            nodes.add(either());
            if (!tokens.take(";") && !tokens.take("&") && !tokens.take("\n") && !tokens.peek().is(")")
                    && !tokens.peek().is("")) {
                throw tokens.unexpected(tokens.peek());
            }
            tokens.newlines();
        }
        if (nodes.isEmpty()) {
            throw tokens.unexpected(tokens.peek());
        }
        return new ShellNode.Block(nodes);
    }

    private ShellNode either() throws IOException, ShellSyntax {
        ShellNode node = pipe();
        while (tokens.peek().is("&&") || tokens.peek().is("||")) {
            boolean and = tokens.take().is("&&");
            tokens.newlines();
            node = new ShellNode.Either(node, and, pipe());
        }
        return node;
    }

    private ShellNode pipe() throws IOException, ShellSyntax {
        boolean not = tokens.takeKeyword("!");
        List<ShellNode> parts = new ArrayList<>(List.of(command()));
        while (tokens.take("|")) {
            tokens.newlines();
            parts.add(command());
        }
        return parts.size() == 1 && !not ? parts.getFirst() : new ShellNode.Pipe(parts, not);
    }

    private ShellNode command() throws IOException, ShellSyntax {
        if (tokens.take("(")) {
            ShellNode body = block();
            if (!tokens.take(")")) {
                throw tokens.unexpected(tokens.peek(), ")");
            }
            return new ShellNode.Group(body, true, simple.redirects());
        }
        if (tokens.takeKeyword("{")) {
            ShellNode body = block();
            tokens.needKeyword("}");
            return new ShellNode.Group(body, false, simple.redirects());
        }
        Optional<ShellNode> compound = compound();
        return compound.isPresent() ? new ShellNode.Group(compound.get(), false, simple.redirects()) : simple.read();
    }

    private Optional<ShellNode> compound() throws IOException, ShellSyntax {
        if (tokens.takeKeyword("if")) {
            return Optional.of(ifThen());
        }
        if (tokens.isKeyword("while") || tokens.isKeyword("until")) {
            boolean until = tokens.take().word().plain().equals(Optional.of("until"));
            ShellNode condition = block();
            return Optional.of(new ShellNode.While(condition, until, loop()));
        }
        return tokens.takeKeyword("for") ? Optional.of(forEach()) : Optional.empty();
    }

    private ShellNode ifThen() throws IOException, ShellSyntax {
        ShellNode condition = block();
        tokens.needKeyword("then");
        ShellNode then = block();
        Optional<ShellNode> otherwise = Optional.empty();
        if (tokens.takeKeyword("elif")) {
            return new ShellNode.If(condition, then, Optional.of(ifThen()));
        }
        if (tokens.takeKeyword("else")) {
            otherwise = Optional.of(block());
        }
        tokens.needKeyword("fi");
        return new ShellNode.If(condition, then, otherwise);
    }

    private ShellNode loop() throws IOException, ShellSyntax {
        tokens.needKeyword("do");
        ShellNode body = block();
        tokens.needKeyword("done");
        return body;
    }

    private ShellNode forEach() throws IOException, ShellSyntax {
        String name = tokens.peek().text();
        tokens.take();
        List<ShellWord> words = new ArrayList<>();
        tokens.needKeyword("in");
        while (tokens.peek().word() != null) {
            words.add(tokens.take().word());
        }
        if (!tokens.take(";") && !tokens.peek().is("\n")) {
            throw tokens.unexpected(tokens.peek());
        }
        tokens.newlines();
        return new ShellNode.For(name, words, loop());
    }
}
