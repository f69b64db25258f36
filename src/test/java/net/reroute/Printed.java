package net.reroute;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.reroute.Docs.Page;

/**
 * A command of reroute that a page prints.
 *
 * @param page the file
 * @param line as it is printed, without what a shell does for it
 * @param inSentence true if it stands in a sentence, which may speak of a command without all its words
 */
public record Printed(Path page, String line, boolean inSentence) {

    /** A prompt, sudo, the folder of the program. */
    private static final Pattern COMMAND = Pattern
            .compile("(?:\\w+\\$ +)?(?:sudo +)?(?:[\\w./]*/)?reroute (?=[^ ])(.*)");
    /** One in the output of another, and one whose output a shell takes. */
    private static final Pattern INSIDE = Pattern.compile("(?<=')reroute [^']+(?=')|(?<=\\()reroute [^)]+(?=\\))");
    private static final Pattern WORD = Pattern.compile("(\"[^\"]*\"|'[^']*'|[^\\s\"'])+");
    /** What a shell does with it, a comment, or in a block the explanation beside it. */
    private static final Pattern BESIDE = Pattern.compile(" +[|>;&#] *.*|(?<=[^ ]) {2,}.*");
    /** A day to come, which will have passed when somebody reads it. */
    private static final Pattern DAY = Pattern.compile("(?<=--from .?)\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern PLACEHOLDER = Pattern.compile("[A-Z]+");
    private static final Map<String, String> VALUES = Map.ofEntries(Map.entry("SERVER", "host1"),
            Map.entry("SERVICE", "www-1"), Map.entry("PREFIX", "192.168.1.32/27"), Map.entry("X", "www-1"),
            Map.entry("Y", "host1"), Map.entry("TEXT", "kernel"), Map.entry("NAME", "respawn-web"),
            Map.entry("FILE", "keepalived.conf"), Map.entry("FOLDER", "here"), Map.entry("COMMAND", "status"));

    /** All of them, in the order of the pages. */
    public static List<Printed> all() {
        return Docs.pages().stream().flatMap(Printed::of).toList();
    }

    private static Stream<Printed> of(Page page) {
        return Stream.concat(page.inline().stream().flatMap(code -> in(page, code, true)),
                page.blocks().stream().flatMap(b -> b.getValue().lines()).flatMap(line -> in(page, line, false)));
    }

    private static Stream<Printed> in(Page page, String code, boolean inSentence) {
        return Stream.concat(command(page, code.strip(), inSentence).stream(),
                INSIDE.matcher(code).results().flatMap(c -> command(page, c.group(), true).stream()));
    }

    private static Optional<Printed> command(Page page, String code, boolean inSentence) {
        Matcher matcher = COMMAND.matcher(code.replace("\n", " "));
        return matcher.matches()
                ? Optional.of(new Printed(page.file(), BESIDE.matcher(matcher.group(1)).replaceFirst("").strip(),
                        inSentence))
                : Optional.empty();
    }

    /** Its words, as a shell splits them, with a value for each placeholder and all that is optional. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        String day = LocalDate.now(ZoneOffset.UTC).plusDays(2).toString();
        Matcher word = WORD.matcher(DAY.matcher(line.replaceAll("[\\[\\]]", "")).replaceAll(day));
        while (word.find()) {
            words.add(value(word.group().replaceAll("[\"']", "")));
        }
        return words;
    }

    /** Of several words to choose from the first. */
    private String value(String word) {
        String first = word.replaceFirst("\\|.*", "").replaceFirst("(?<=.)\\.\\.\\.$", "");
        if (!PLACEHOLDER.matcher(first).matches()) {
            return first;
        }
        return Optional.ofNullable(VALUES.get(first)).orElseThrow(() -> new AssertionError(this
                + ": there is no value for " + first));
    }

    @Override
    public String toString() {
        return page + ": reroute " + line;
    }
}
