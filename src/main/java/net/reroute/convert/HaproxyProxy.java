package net.reroute.convert;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A frontend, backend or listen section, and the defaults that count for it.
 *
 * @param head the section's first line
 * @param own its lines
 * @param defaults lines of the defaults section
 */
record HaproxyProxy(Statement head, Block own, Block defaults) {

    String name() {
        return head.word(1);
    }

    boolean isBackend() {
        return !head.key().equals("frontend");
    }

    boolean isFrontend() {
        return !head.key().equals("backend");
    }

    /** The last line that begins with these words, of its own or of the defaults. */
    Optional<Statement> find(String... words) {
        return last(own, words).or(() -> last(defaults, words));
    }

    private static Optional<Statement> last(Block block, String... words) {
        Optional<Statement> found = block.all().stream().filter(s -> begins(s, words)).reduce((a, b) -> b);
        found.ifPresent(block::take);
        return found;
    }

    /** All such lines: its own, or those of the defaults if it has none. */
    List<Statement> all(String... words) {
        List<Statement> mine = own.all().stream().filter(s -> begins(s, words)).toList();
        List<Statement> common = defaults.all().stream().filter(s -> begins(s, words)).toList();
        mine.forEach(own::take);
        common.forEach(defaults::take);
        return mine.isEmpty() ? common : mine;
    }

    private static boolean begins(Statement statement, String... words) {
        return statement.words().size() >= words.length
                && statement.words().subList(0, words.length).equals(Stream.of(words).toList());
    }

    String title() {
        return Mention.words(head.words()) + " (" + head.place() + ")";
    }
}
