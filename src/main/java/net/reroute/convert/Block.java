package net.reroute.convert;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Statements of a block, with a note of those that were used: the others are told to the admin. */
final class Block {

    private final List<Statement> statements;
    private final Set<Statement> taken = Collections.newSetFromMap(new IdentityHashMap<>());

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

    /** The first value of the last statement with this key; empty if there is none. */
    String value(String... keys) {
        return take(keys).map(s -> s.word(1)).orElse("");
    }

    List<Statement> all() {
        return statements;
    }

    /** Those that nothing was made of, in their order. */
    List<Statement> rest() {
        List<Statement> rest = new ArrayList<>(statements);
        rest.removeIf(taken::contains);
        return rest;
    }
}
