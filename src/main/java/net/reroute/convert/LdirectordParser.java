package net.reroute.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The syntax of ldirectord.cf (ldirectord(8)): lines {@code option = value}, and below each {@code virtual = ...} its own,
 * which are indented.
 */
final class LdirectordParser {

    private static final Set<String> HEADS = Set.of("virtual", "virtual6");

    private LdirectordParser() {}

    /** Each statement is an option and the words of its value. */
    static List<Statement> parse(Source source) throws BadSourceException {
        List<Statement> all = new ArrayList<>();
        List<Statement> inside = new ArrayList<>();
        List<String> lines = source.lines();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.stripLeading().startsWith("#")) {
                continue;
            }
            Statement statement = statement(line, new Place(source.name(), i + 1));
            boolean indented = Character.isWhitespace(line.charAt(0));
            if (HEADS.contains(statement.key())) {
                close(all, inside);
                all.add(new Statement(statement.place(), statement.words(), Optional.of(List.of())));
            } else if (indented && !all.isEmpty() && all.getLast().block().isPresent()) {
                inside.add(statement);
            } else {
                close(all, inside);
                all.add(statement);
            }
        }
        close(all, inside);
        return all;
    }

    private static void close(List<Statement> all, List<Statement> inside) {
        if (!inside.isEmpty()) {
            Statement head = all.removeLast();
            all.add(new Statement(head.place(), head.words(), Optional.of(List.copyOf(inside))));
            inside.clear();
        }
    }

    private static Statement statement(String line, Place place) throws BadSourceException {
        int equals = line.indexOf('=');
        String key = equals < 0 ? "" : line.substring(0, equals).strip();
        if (!key.matches("[a-z0-9_-]+")) {
            throw new BadSourceException(place, "this is no line of the form option = value");
        }
        List<String> words = new ArrayList<>(List.of(key));
        words.addAll(Words.of(line.substring(equals + 1).replace("\\", "\\\\"), "#", place));
        return new Statement(place, List.copyOf(words));
    }
}
