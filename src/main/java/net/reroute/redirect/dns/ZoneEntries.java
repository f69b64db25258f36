package net.reroute.redirect.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * The entries of a zone file, with their places in it (RFC 1035, 5.1). Knows just enough to find the lines of address
 * records and the serial; {@link ZoneText} proves every change with a complete parser.
 */
final class ZoneEntries {

    /** A word, and where it is. */
    record Word(String text, int line, int column) {}

    /**
     * An entry that is no directive.
     *
     * @param first its first line
     * @param last its last line; another one if it has parentheses
     * @param inherits true if it has no name of its own, but that of the entry before it
     * @param words from its type on
     */
    record Entry(Name owner, int first, int last, boolean inherits, List<Word> words) {

        String type() {
            return words.isEmpty() ? "" : words.getFirst().text().toUpperCase(java.util.Locale.ROOT);
        }

        boolean isOneLine() {
            return first == last;
        }
    }

    private static final Set<String> CLASSES = Set.of("IN", "CH", "HS");

    private final List<String> lines;
    private final List<Entry> entries = new ArrayList<>();
    private Name origin;
    private Name owner;
    private List<Word> words = new ArrayList<>();
    private int first;
    private int depth;

    private ZoneEntries(List<String> lines, Name origin) {
        this.lines = lines;
        this.origin = origin;
        this.owner = origin;
    }

    /** @param origin the name that relative names belong to */
    static List<Entry> of(List<String> lines, Name origin) {
        ZoneEntries read = new ZoneEntries(lines, origin);
        for (int i = 0; i < lines.size(); i++) {
            read.line(i);
        }
        return read.entries;
    }

    private void line(int number) {
        if (depth == 0) {
            words = new ArrayList<>();
            first = number;
        }
        split(number);
        if (depth == 0 && !words.isEmpty()) {
            end(number);
        }
    }

    /** Adds the words of a line. A semicolon outside quotes begins a comment. */
    private void split(int number) {
        String line = lines.get(number);
        int at = 0;
        while (at < line.length() && line.charAt(at) != ';') {
            char c = line.charAt(at);
            if (c == '(' || c == ')') {
                depth += c == '(' ? 1 : -1;
                at++;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else {
                int end = end(line, at);
                words.add(new Word(line.substring(at, end), number, at));
                at = end;
            }
        }
    }

    private static int end(String line, int from) {
        boolean quoted = false;
        int at = from;
        while (at < line.length() && (quoted || " \t();".indexOf(line.charAt(at)) < 0)) {
            if (line.charAt(at) == '\\') {
                at++;
            } else if (line.charAt(at) == '"') {
                quoted = !quoted;
            }
            at++;
        }
        return Math.min(at, line.length());
    }

    private void end(int last) {
        String word = words.getFirst().text();
        if (word.startsWith("$")) {
            if (word.equalsIgnoreCase("$ORIGIN") && words.size() > 1) {
                name(words.get(1).text()).ifPresent(n -> origin = n);
            }
            return;
        }
        List<Word> rest = new ArrayList<>(words);
        boolean inherits = Character.isWhitespace(lines.get(first).charAt(0));
        if (!inherits) {
            owner = name(rest.removeFirst().text()).orElse(Name.root);
        }
        while (!rest.isEmpty() && isTtlOrClass(rest.getFirst().text())) {
            rest.removeFirst();
        }
        entries.add(new Entry(owner, first, last, inherits, rest));
    }

    private static boolean isTtlOrClass(String word) {
        return Character.isDigit(word.charAt(0)) || CLASSES.contains(word.toUpperCase(java.util.Locale.ROOT));
    }

    private Optional<Name> name(String text) {
        try {
            return Optional.of(text.equals("@") ? origin : Name.fromString(text, origin));
        } catch (TextParseException e) {
            return Optional.empty();
        }
    }
}
