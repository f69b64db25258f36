package net.reroute.convert;

import java.util.ArrayList;
import java.util.List;

/**
 * The syntax of keepalived.conf (keepalived.conf(5)): lines of words, braces, comments behind # and !, quoted strings,
 * lines that go on behind a backslash, and included files.
 */
final class KeepalivedParser {

    private static final List<String> INCLUDES = List.of("include", "includer", "includem", "includew", "includeb",
            "includea");
    private static final int MOST_FILES = 200;

    private final Includes includes;
    private final List<Token> tokens = new ArrayList<>();
    private final List<String> open = new ArrayList<>();
    private final List<Statement> missing = new ArrayList<>();
    private int files;
    private int read;

    KeepalivedParser(Includes includes) {
        this.includes = includes;
    }

    /** @throws BadSourceException at a mistake in the syntax */
    List<Statement> parse(Source source) throws BadSourceException {
        file(source);
        return Tree.of(tokens);
    }

    /** Statements that include files which are not there. */
    List<Statement> missing() {
        return missing;
    }

    private void file(Source source) throws BadSourceException {
        read = source.counted(read);
        open.add(source.name());
        List<String> lines = source.lines();
        for (int i = 0; i < lines.size(); i++) {
            Place place = new Place(source.name(), i + 1);
            StringBuilder line = new StringBuilder(lines.get(i));
            while (isContinued(line) && i + 1 < lines.size()) {
                line.setLength(line.length() - 1);
                line.append(lines.get(++i));
            }
            line(line.toString(), place);
        }
        open.removeLast();
    }

    private static boolean isContinued(StringBuilder line) {
        return !line.isEmpty() && line.charAt(line.length() - 1) == '\\';
    }

    private void line(String line, Place place) throws BadSourceException {
        List<Token> found = new KeepalivedLine(line, place).tokens();
        if (!found.isEmpty() && INCLUDES.contains(found.getFirst().text())) {
            include(found, place);
        } else {
            tokens.addAll(found);
        }
        tokens.add(Token.sign(Token.Kind.END, place));
    }

    private void include(List<Token> words, Place place) throws BadSourceException {
        String pattern = words.size() > 1 ? words.get(1).text() : "";
        List<Source> found = includes.matching(pattern, place.file());
        if (found.isEmpty()) {
            missing.add(new Statement(place, words.stream().map(Token::text).toList()));
        }
        for (Source source : found) {
            if (open.contains(source.name())) {
                throw new BadSourceException(place, "the file " + Plain.text(source.name())
                        + " includes itself; take one of the includes away");
            }
            if (++files > MOST_FILES) {
                throw new BadSourceException(place, "more than " + MOST_FILES + " files are included");
            }
            file(source);
        }
    }
}
