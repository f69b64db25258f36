package net.reroute.router;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.reroute.core.Dialect;
import net.reroute.core.Dialect.Mode;

/**
 * Knows a device's prompt. Until its name is known every name will do; from then on only its own, which keeps banners and
 * names that look like prompts from being taken for one.
 */
final class Prompt {

    private static final String ANY = "(?<host>[A-Za-z0-9][\\w.\\-@/:+]{0,62}?)";
    /** IOS cuts the prompt to about 20 characters in config mode; netmiko and unicon trust the first 16. */
    private static final int SURE = 16;

    private final Map<Mode, Pattern> patterns = new EnumMap<>(Mode.class);
    private final Dialect dialect;
    /** Prompts behind other text; only of a device whose name is known. */
    private final List<Pattern> glued;

    private Prompt(Dialect dialect, String host) {
        this.dialect = dialect;
        dialect.prompts().user().ifPresent(p -> patterns.put(Mode.USER, compile(p, host)));
        patterns.put(Mode.PRIVILEGED, compile(dialect.prompts().privileged(), host));
        patterns.put(Mode.CONFIG, compile(dialect.prompts().config(), host));
        this.glued = host.equals(ANY)
                ? List.of()
                : patterns.values().stream().map(p -> Pattern.compile("(?<before>.*\\S) *" + p.pattern())).toList();
    }

    static Prompt ofAnybody(Dialect dialect) {
        return new Prompt(dialect, ANY);
    }

    private static Pattern compile(String prompt, String host) {
        return Pattern.compile(prompt.replace("{host}", host) + " *");
    }

    /** The prompts of the device that showed this one. */
    Prompt learn(String line) {
        for (Pattern pattern : patterns.values()) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.matches()) {
                String host = matcher.group("host");
                String rest = host.length() > SURE ? "[\\w.\\-@/:+]*" : "";
                return new Prompt(dialect, Pattern.quote(host.substring(0, Math.min(SURE, host.length()))) + rest);
            }
        }
        throw new IllegalArgumentException("no prompt: '" + line + "'");
    }

    /** What a device wrote before its prompt without ending the line; empty if it did not. */
    Optional<String> before(String line) {
        return glued.stream().map(p -> p.matcher(line)).filter(Matcher::matches).map(m -> m.group("before"))
                .findFirst();
    }

    /** The mode a line says the device is in; empty if it is no prompt. */
    Optional<Mode> mode(String line) {
        return patterns.entrySet().stream().filter(e -> e.getValue().matcher(line).matches()).map(Map.Entry::getKey)
                .findFirst();
    }
}
