package net.reroute.redirect.route.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.reroute.core.Dialect;
import net.reroute.core.Dialect.Mode;

/**
 * Knows a device's prompts. A dialect tells their shape only, which many a line has; which line is a prompt is learnt in each
 * mode, from what the device shows again when return is typed. A mode that was not entered yet is expected to show the name
 * that the others show.
 */
final class Prompt {

    private static final String ANY = "(?<host>.{0,120}?)";
    /** What may stand in brackets: a mode, which every maker names after the configuration, or a state such as (standby). */
    private static final Pattern NAMES_CONFIG = Pattern.compile("\\([^()]*(conf|cfg)[^()]*\\)[^()]*$");
    /** A name with a folder behind it, such as root@gw1:~ or [root@gw1 /etc]: where a shell answers, no router does. */
    private static final Pattern SHELL = Pattern.compile("(:[~/][\\w./-]*| ~| [~/][\\w./-]*\\]) ?$");
    /** A device that changes between two prompts need not be asked at every change. */
    private static final int KEPT = 3;

    private final Dialect dialect;
    private final Map<Mode, Pattern> shapes = new EnumMap<>(Mode.class);
    private final Map<Mode, List<PromptName>> names;
    private final Map<Mode, Pattern> learnt = new EnumMap<>(Mode.class);
    private final Map<Mode, Pattern> expected = new EnumMap<>(Mode.class);
    /** Prompts behind other text. */
    private final List<Pattern> glued;

    private Prompt(Dialect dialect, Map<Mode, List<PromptName>> names) {
        this.dialect = dialect;
        this.names = names;
        for (Mode mode : Mode.values()) {
            text(mode).ifPresent(t -> compile(mode, t));
        }
        this.glued = Stream.concat(learnt.values().stream(), expected.values().stream())
                .map(p -> pattern("(?<before>.*\\S) *" + p.pattern())).toList();
    }

    private void compile(Mode mode, String text) {
        shapes.put(mode, pattern(text.replace("{host}", ANY) + " *"));
        any(names.getOrDefault(mode, List.of()).stream().map(PromptName::pattern))
                .ifPresent(any -> learnt.put(mode, pattern(text.replace("{host}", any) + " *")));
        // No name at all is a prompt only where it was seen: a # alone stands in many a text.
        any(names.entrySet().stream().filter(e -> e.getKey() != mode).flatMap(e -> e.getValue().stream())
                .filter(n -> !n.text().isBlank()).map(PromptName::cutPattern))
                .ifPresent(any -> expected.put(mode, pattern(text.replace("{host}", any) + " *")));
    }

    private Optional<String> text(Mode mode) {
        return switch (mode) {
            case USER -> dialect.prompts().user();
            case PRIVILEGED -> Optional.of(dialect.prompts().privileged());
            case CONFIG -> Optional.of(dialect.prompts().config());
        };
    }

    private static Optional<String> any(Stream<String> patterns) {
        Set<String> all = new LinkedHashSet<>(patterns.toList());
        return all.isEmpty() ? Optional.empty() : Optional.of("(?:" + String.join("|", all) + ")");
    }

    /** Names are bytes to us, and some bytes are line ends to a dot. */
    private static Pattern pattern(String text) {
        return Pattern.compile(text, Pattern.DOTALL);
    }

    static Prompt ofAnybody(Dialect dialect) {
        return new Prompt(dialect, Map.of());
    }

    /** The prompts of the device that shows this one, which is no prompt of config mode unless it says so. */
    Prompt learn(String line) {
        Mode mode = shape(line, Mode.PRIVILEGED)
                .orElseThrow(() -> new IllegalArgumentException("no prompt: '" + line + "'"));
        return learn(mode, line, line);
    }

    /** The prompts of the device that showed this one in a mode, and again when return was typed. */
    Prompt learn(Mode mode, String line, String again) {
        PromptName first = PromptName.of(host(mode, line));
        List<PromptName> old = names.getOrDefault(mode, List.of());
        PromptName known = Stream.concat(old.stream(), names.values().stream().flatMap(List::stream))
                .filter(n -> PromptName.similar(n.text(), first.text())).findFirst().orElse(first);
        List<PromptName> now = new ArrayList<>(List.of(known.shownAs(first.text()).shownAs(host(mode, again))));
        old.stream().filter(n -> !n.equals(known)).limit(KEPT - 1L).forEach(now::add);
        Map<Mode, List<PromptName>> all = new EnumMap<>(Mode.class);
        all.putAll(names);
        all.put(mode, List.copyOf(now));
        return new Prompt(dialect, all);
    }

    private String host(Mode mode, String line) {
        Matcher matcher = shapes.get(mode).matcher(line);
        return matcher.matches() ? matcher.group("host") : "";
    }

    /** What a device wrote before its prompt without ending the line; empty if it did not. */
    Optional<String> before(String line) {
        return glued.stream().map(p -> p.matcher(line)).filter(Matcher::matches).map(m -> m.group("before"))
                .findFirst();
    }

    /** True if the device is known to show this line as a prompt. */
    boolean isKnown(String line) {
        return !fitting(learnt, line).isEmpty() || !fitting(expected, line).isEmpty();
    }

    /**
     * The mode a line says the device is in; empty if it is no prompt that is known.
     *
     * @param likely mode it should be in
     */
    Optional<Mode> mode(String line, Mode likely) {
        List<Mode> sure = fitting(learnt, line);
        Optional<Mode> found = sure.isEmpty()
                ? fitting(expected, line).stream().findFirst()
                : sure.stream().findFirst();
        // gw1(standby)# after gw1# is privileged mode with another name, whatever gw1(...)# would be.
        return found.filter(m -> m == Mode.PRIVILEGED || shape(line, likely).equals(found));
    }

    /** The mode that a line of this shape would be shown in; empty if no prompt looks like that. */
    Optional<Mode> shape(String line, Mode likely) {
        List<Mode> fitting = fitting(shapes, line).stream().filter(m -> !SHELL.matcher(host(m, line)).find()).toList();
        boolean both = fitting.contains(Mode.PRIVILEGED) && fitting.contains(Mode.CONFIG);
        boolean config = likely == Mode.CONFIG || NAMES_CONFIG.matcher(line).find();
        return both ? Optional.of(config ? Mode.CONFIG : Mode.PRIVILEGED) : fitting.stream().findFirst();
    }

    private static List<Mode> fitting(Map<Mode, Pattern> patterns, String line) {
        return patterns.entrySet().stream().filter(e -> e.getValue().matcher(line).matches()).map(Map.Entry::getKey)
                .toList();
    }
}
