package net.reroute.convert;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A frontend, backend or listen section, and the defaults that count for it.
 *
 * @param head the section's first line
 * @param own its lines
 * @param defaults lines of the defaults section
 */
record HaproxyProxy(Statement head, Block own, Block defaults) {

    private static final Set<String> CHECKS = Set.of("httpchk", "tcp-check", "smtpchk", "mysql-check", "pgsql-check",
            "redis-check", "ldap-check", "ssl-hello-chk", "spop-check", "external-check");

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
        List<Statement> mine = all(own, words);
        return mine.isEmpty() ? all(defaults, words) : mine;
    }

    /** Those of the defaults, and then its own, which count before them. */
    List<Statement> together(String... words) {
        return Stream.concat(all(defaults, words).stream(), all(own, words).stream()).toList();
    }

    private static List<Statement> all(Block block, String... words) {
        List<Statement> found = block.all().stream().filter(s -> begins(s, words)).toList();
        found.forEach(block::take);
        return found;
    }

    /** "option httpchk", unless a later line chooses another check or none: the last one counts. */
    Optional<Statement> pages() {
        Optional<Statement> mine = kind(own);
        Optional<Statement> last = mine.or(() -> kind(defaults)).filter(s -> begins(s, "option", "httpchk"));
        last.ifPresent((mine.isPresent() ? own : defaults)::take);
        return last;
    }

    private static Optional<Statement> kind(Block block) {
        return block.all().stream().filter(s -> s.key().equals("option") && CHECKS.contains(s.word(1))
                || begins(s, "no", "option") && CHECKS.contains(s.word(2))).reduce((a, b) -> b);
    }

    /** True if HAProxy does not start it. */
    boolean isDisabled() {
        return find("disabled").isPresent() && own.all().stream().noneMatch(s -> s.key().equals("enabled"));
    }

    private static boolean begins(Statement statement, String... words) {
        return statement.words().size() >= words.length
                && statement.words().subList(0, words.length).equals(Stream.of(words).toList());
    }

    String title() {
        return Mention.words(head.words()) + " (" + head.place() + ")";
    }
}
