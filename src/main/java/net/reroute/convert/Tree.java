package net.reroute.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds statements from words, braces and ends of statements. */
final class Tree {

    private static final int DEEPEST = 30;

    private final List<Token> tokens;
    private int at;

    private Tree(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** @throws BadSourceException if a brace is not closed, or closes nothing */
    static List<Statement> of(List<Token> tokens) throws BadSourceException {
        Tree tree = new Tree(tokens);
        List<Statement> statements = tree.statements(0);
        if (tree.at < tokens.size()) {
            throw new BadSourceException(tokens.get(tree.at).place(), "this '}' closes nothing; take it away, or open"
                    + " the block that it ends");
        }
        return statements;
    }

    private List<Statement> statements(int depth) throws BadSourceException {
        List<Statement> all = new ArrayList<>();
        List<String> words = new ArrayList<>();
        Place place = null;
        while (at < tokens.size() && tokens.get(at).kind() != Token.Kind.CLOSE) {
            Token token = tokens.get(at++);
            switch (token.kind()) {
                case WORD -> {
                    place = words.isEmpty() ? token.place() : place;
                    words.add(token.text());
                }
                case OPEN -> {
                    all.add(block(token, begin(words, all, token), depth + 1));
                    words.clear();
                }
                default -> end(words, place, all);
            }
        }
        end(words, place, all);
        return all;
    }

    private static void end(List<String> words, Place place, List<Statement> all) {
        if (!words.isEmpty()) {
            all.add(new Statement(place, List.copyOf(words)));
            words.clear();
        }
    }

    /** A brace may stand on a line of its own, below the words that it belongs to. */
    private static Statement begin(List<String> words, List<Statement> all, Token brace) throws BadSourceException {
        if (!words.isEmpty()) {
            return new Statement(brace.place(), List.copyOf(words));
        }
        if (all.isEmpty() || all.getLast().block().isPresent()) {
            throw new BadSourceException(brace.place(), "this '{' has no words before it; write what the block is");
        }
        return all.removeLast();
    }

    private Statement block(Token brace, Statement head, int depth) throws BadSourceException {
        if (depth > DEEPEST) {
            throw new BadSourceException(brace.place(), "blocks stand in each other more than " + DEEPEST
                    + " deep; no configuration does that");
        }
        List<Statement> inside = statements(depth);
        if (at >= tokens.size()) {
            throw new BadSourceException(head.place(), "the block '" + Mention.words(head.words())
                    + "' is not closed; write the missing '}'");
        }
        at++;
        return new Statement(head.place(), head.words(), Optional.of(inside));
    }
}
