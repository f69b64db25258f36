package net.reroute.convert;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Values of statements. One that cannot be read is told, and the default of the source's tool counts. */
final class Reading {

    private Reading() {}

    static Optional<Duration> seconds(Optional<Statement> statement, List<Remark> remarks) {
        return told(statement, statement.flatMap(s -> Numbers.seconds(s.word(1))), remarks);
    }

    static Optional<Integer> whole(Optional<Statement> statement, List<Remark> remarks) {
        return told(statement, statement.flatMap(s -> Numbers.whole(s.word(1)).stream().boxed().findFirst()), remarks);
    }

    static Optional<Integer> port(Optional<Statement> statement, List<Remark> remarks) {
        return told(statement, statement.flatMap(s -> Ports.of(s.word(1)).stream().boxed().findFirst()), remarks);
    }

    private static <T> Optional<T> told(Optional<Statement> statement, Optional<T> value, List<Remark> remarks) {
        if (value.isEmpty()) {
            statement.ifPresent(s -> remarks.add(Remark.without(Mention.of(s) + ": this value cannot be read; the"
                    + " default of the source's tool stands in its place")));
        }
        return value;
    }
}
