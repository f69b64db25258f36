package net.reroute.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The syntax of haproxy.cfg: sections of lines of words, with quotes, escapes and comments behind #. */
final class HaproxyParser {

    private static final Set<String> SECTIONS = Set.of("global", "defaults", "frontend", "backend", "listen",
            "userlist", "peers", "resolvers", "mailers", "cache", "program", "http-errors", "ring", "log-forward",
            "fcgi-app", "crt-store", "traces", "acme", "log-profile", "namespace_list", "healthcheck");

    private HaproxyParser() {}

    /** Each statement is a section with its lines as block, or a line of the preprocessor, which begins with a dot. */
    static List<Statement> parse(Source source) throws BadSourceException {
        List<Statement> all = new ArrayList<>();
        List<Statement> inside = new ArrayList<>();
        Optional<Statement> open = Optional.empty();
        List<String> lines = source.lines();
        for (int i = 0; i < lines.size(); i++) {
            Place place = new Place(source.name(), i + 1);
            List<String> words = Words.ofHaproxy(lines.get(i), place);
            if (words.isEmpty()) {
                continue;
            }
            Statement line = new Statement(place, List.copyOf(words));
            if (SECTIONS.contains(line.key())) {
                close(open, inside, all);
                open = Optional.of(line);
            } else if (line.key().startsWith(".")) {
                all.add(line);
            } else if (open.isPresent()) {
                inside.add(line);
            } else {
                throw new BadSourceException(place, "'" + Mention.words(List.of(line.key())) + "' stands before the"
                        + " first section; a file begins with global, defaults, frontend, backend or listen");
            }
        }
        close(open, inside, all);
        return all;
    }

    private static void close(Optional<Statement> head, List<Statement> inside, List<Statement> all) {
        head.ifPresent(h -> all.add(new Statement(h.place(), h.words(), Optional.of(List.copyOf(inside)))));
        inside.clear();
    }
}
