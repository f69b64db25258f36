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
 * The prompts of a device. A dialect describes only their shape, and other lines have that shape too. So the prompt of
 * each mode is learnt, from the line that return brings again. Before a mode is entered, its prompt is expected to have
 * the name that the other prompts show. Immutable.
 */
final class Prompt {

    private static final String ANY = "(?<host>.{0,120}?)";
    /**
     * Text in brackets that means a config mode: all makers name it after the configuration. Other text may be a state
     * such as (standby).
     */
    private static final Pattern NAMES_CONFIG = Pattern.compile("\\([^()]*(conf|cfg)[^()]*\\)[^()]*$");
    /** A name followed by a folder, such as root@gw1:~ or [root@gw1 /etc]: the prompt of a shell, not of a router. */
    private static final Pattern SHELL = Pattern.compile("(:[~/][\\w./-]*| ~| [~/][\\w./-]*\\]) ?$");
    /** Prompts kept for each mode, so that a device that alternates between two is not asked at every change. */
    private static final int KEPT = 3;

    private final Dialect dialect;
    private final Map<Mode, Pattern> shapes = new EnumMap<>(Mode.class);
    private final Map<Mode, List<PromptName>> names;
    private final Map<Mode, Pattern> learnt = new EnumMap<>(Mode.class);
    private final Map<Mode, Pattern> expected = new EnumMap<>(Mode.class);
    /** Prompts that follow other text on their line. */
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
        // a prompt without a name counts only where it was seen: many texts have a # alone
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

    /** Names are raw bytes here. Without DOTALL a dot would not match the bytes that Java takes for line ends. */
    private static Pattern pattern(String text) {
        return Pattern.compile(text, Pattern.DOTALL);
    }

    static Prompt ofAnybody(Dialect dialect) {
        return new Prompt(dialect, Map.of());
    }

    /**
     * Learns a prompt. Its mode is config only if the line shows that.
     *
     * @throws IllegalArgumentException if the line does not have the shape of a prompt
     */
    Prompt learn(String line) {
        Mode mode = shape(line, Mode.PRIVILEGED)
                .orElseThrow(() -> new IllegalArgumentException("no prompt: '" + line + "'"));
        return learn(mode, line, line);
    }

    /** Learns the prompt of a mode, as shown first and again after return. */
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

    /** The text before a prompt on the same line; empty if there is none. */
    Optional<String> before(String line) {
        return glued.stream().map(p -> p.matcher(line)).filter(Matcher::matches).map(m -> m.group("before"))
                .findFirst();
    }

    /** True if a line is a known prompt of the device. */
    boolean isKnown(String line) {
        return fits(learnt, line) || fits(expected, line);
    }

    /**
     * The mode that a line shows; empty if it is not a known prompt.
     *
     * @param likely mode that the device should be in
     */
    Optional<Mode> mode(String line, Mode likely) {
        List<Mode> sure = fitting(learnt, line);
        Optional<Mode> found = sure.isEmpty()
                ? fitting(expected, line).stream().findFirst()
                : sure.stream().findFirst();
        // gw1(standby)# after gw1# is privileged mode with another name; other text in brackets means a config mode
        return found.filter(m -> m == Mode.PRIVILEGED || shape(line, likely).equals(found));
    }

    /** The mode of a line with the shape of a prompt; empty if it has another shape. */
    Optional<Mode> shape(String line, Mode likely) {
        List<Mode> fitting = fitting(shapes, line).stream().filter(m -> !SHELL.matcher(host(m, line)).find()).toList();
        boolean both = fitting.contains(Mode.PRIVILEGED) && fitting.contains(Mode.CONFIG);
        boolean config = likely == Mode.CONFIG || NAMES_CONFIG.matcher(line).find();
        Mode likelier = config ? Mode.CONFIG : Mode.PRIVILEGED;
        return both ? Optional.of(likelier) : fitting.stream().findFirst();
    }

    private static boolean fits(Map<Mode, Pattern> patterns, String line) {
        for (Pattern pattern : patterns.values()) {
            if (pattern.matcher(line).matches()) {
                return true;
            }
        }
        return false;
    }

    private static List<Mode> fitting(Map<Mode, Pattern> patterns, String line) {
        List<Mode> modes = new ArrayList<>();
        patterns.forEach((mode, pattern) -> {
            if (pattern.matcher(line).matches()) {
                modes.add(mode);
            }
        });
        return modes;
    }
}
