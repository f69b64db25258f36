package net.reroute.convert;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Statements of a block, with a note of those that were used: the others are told to the admin. */
final class Block {

    private final List<Statement> statements;
    private final Set<Statement> taken = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Map<Statement, Statement> more = new IdentityHashMap<>();

    Block(List<Statement> statements) {
        this.statements = statements;
    }

    /** The last statement with this key, which is the one that counts. Earlier ones remain in the rest. */
    Optional<Statement> take(String... keys) {
        Optional<Statement> last = statements.stream().filter(s -> List.of(keys).contains(s.key()))
                .reduce((a, b) -> b);
        last.ifPresent(taken::add);
        return last;
    }

    List<Statement> takeAll(String... keys) {
        List<Statement> found = statements.stream().filter(s -> List.of(keys).contains(s.key())).toList();
        taken.addAll(found);
        return found;
    }

    void take(Statement statement) {
        taken.add(statement);
    }

    /** Like {@link #take(String...)}, where one value is read: words behind it remain in the rest. */
    Optional<Statement> takeOne(String... keys) {
        Optional<Statement> last = take(keys);
        last.filter(s -> s.words().size() > 2).ifPresent(s -> more.put(s, behind(s)));
        return last;
    }

    private static Statement behind(Statement statement) {
        List<String> words = new ArrayList<>(statement.words());
        words.remove(1);
        return new Statement(statement.place(), List.copyOf(words));
    }

    /** The first value of the last statement with this key; empty if there is none. */
    String value(String... keys) {
        return takeOne(keys).map(s -> s.word(1)).orElse("");
    }

    Set<Statement> taken() {
        return taken;
    }

    List<Statement> all() {
        return statements;
    }

    /** Those that nothing was made of, in their order. */
    List<Statement> rest() {
        List<Statement> rest = new ArrayList<>(statements);
        rest.removeIf(s -> taken.contains(s) && !more.containsKey(s));
        rest.replaceAll(s -> more.getOrDefault(s, s));
        return rest;
    }
}
