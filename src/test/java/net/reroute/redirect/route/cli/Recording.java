package net.reroute.redirect.route.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A session with a router as it goes over the line. Above an empty line stands what it shows, as {@code key: value}; below
 * it {@code > } is what we typed and {@code < } what came back, where \r \n \b \a \e \\ are the control characters and \s is
 * a blank at the end of a line; {@code > \s} is a key for the pager.
 *
 * @param keys what it shows
 * @param lines of the session
 */
record Recording(List<String> keys, List<String> lines) {

    /** A blank for the pager, without a return. */
    private static final String KEY = "\\s";

    static Recording read(Path file) throws IOException {
        List<String> all = Files.readAllLines(file);
        int gap = all.indexOf("");
        return new Recording(all.subList(0, gap), all.subList(gap + 1, all.size()));
    }

    List<String> all(String key) {
        return keys.stream().filter(l -> l.startsWith(key + ": ")).map(l -> l.substring(key.length() + 2)).toList();
    }

    /** Empty text if it is not given. */
    String one(String key) {
        return all(key).stream().findFirst().orElse("");
    }

    /** What we typed, without the returns that are typed for a prompt alone. */
    List<String> typed() {
        List<String> typed = new ArrayList<>();
        lines.stream().filter(l -> l.startsWith("> ")).map(l -> l.substring(2))
                .filter(l -> !l.isEmpty() && !l.equals(KEY))
                .forEach(typed::add);
        return typed;
    }

    /** What has to be typed where this is recorded. */
    static String keys(String recorded) {
        return recorded.equals(KEY) ? " " : recorded + "\r";
    }

    static String raw(String text) {
        StringBuilder raw = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            raw.append(c == '\\' ? control(text.charAt(++i)) : c);
        }
        return raw.toString();
    }

    private static char control(char c) {
        return switch (c) {
            case 'r' -> '\r';
            case 'n' -> '\n';
            case 'b' -> '\b';
            case 'a' -> '\u0007';
            case 'e' -> '\u001b';
            case 's' -> ' ';
            case '\\' -> '\\';
            default -> throw new IllegalArgumentException("\\" + c);
        };
    }
}
