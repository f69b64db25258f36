package net.reroute.inventory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.reroute.core.Durations;
import net.reroute.core.Event;
import net.reroute.core.Names;
import net.reroute.core.Playbook;
import net.reroute.core.Playbook.Action;
import net.reroute.core.Playbook.Schedule;
import net.reroute.core.Playbook.Step;
import net.reroute.core.Playbook.When;
import net.reroute.core.Takeover.Means;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads playbooks/*.yaml of a home folder; each file is one playbook and has its name. */
final class PlaybookReader {

    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final List<String> KEYS = List.of("when", "schedule", "every", "zone", "jitter", "missed", "steps");
    private static final List<String> COMMON = List.of("within", "tries", "if-failed");
    private static final List<String> FILTERS = List.of("service", "server", "check", "router");
    private static final Map<String, List<String>> ACTIONS = Map.ofEntries(Map.entry("run", List.of("at", "command")),
            Map.entry("veto", List.of("at", "command")), Map.entry("recheck", List.of()),
            Map.entry("move", List.of("service", "to")), Map.entry("release", List.of("service")),
            Map.entry("drain", List.of("server")), Map.entry("undrain", List.of("server")),
            Map.entry("fence", List.of("server", "means", "power")), Map.entry("wait", List.of("for", "until")),
            Map.entry("notify", List.of("to", "text")), Map.entry("playbook", List.of("name")));

    private enum IfFailed {
        STOP, GO_ON
    }

    private enum Missed {
        SKIP, RUN
    }

    private enum Before {
        NOTHING, MOVE
    }

    private final Problems problems;

    PlaybookReader(Problems problems) {
        this.problems = problems;
    }

    /** By name; none if there is no such folder. */
    Map<String, Playbook> read(Path folder) {
        Map<String, Playbook> all = new LinkedHashMap<>();
        for (Path file : files(folder)) {
            String name = file.getFileName().toString().replaceFirst("\\.yaml$", "");
            YamlFile.read(file, file.toString(), problems)
                    .ifPresent(node -> all.put(name, playbook(name, node)));
        }
        return all;
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Playbook playbook(String name, MappingNode node) {
        Fields fields = new Fields(problems, "playbook " + name, node, KEYS);
        List<Step> steps = new ArrayList<>();
        if (fields.node("steps") instanceof SequenceNode list && fields.has("steps")) {
            list.getValue().forEach(item -> step(name, item).ifPresent(steps::add));
        } else {
            fields.problem("steps", "playbook " + name + " needs 'steps:', a list");
        }
        return new Playbook(name, when(fields), steps);
    }

    private Optional<When> when(Fields fields) {
        boolean timed = fields.has("schedule") || fields.has("every");
        if (fields.has("when") && timed || fields.has("schedule") && fields.has("every")) {
            fields.problem("when", fields.what() + " starts by one of 'when:', 'schedule:', 'every:'");
        }
        return timed ? at(fields) : fields.inner("when", joined(List.of("event", "before"), FILTERS)).flatMap(this::on);
    }

    private Optional<When> on(Fields when) {
        Map<String, String> filter = new LinkedHashMap<>();
        FILTERS.forEach(f -> when.text(f).ifPresent(v -> filter.put(f, v)));
        boolean before = when.choice("before", Before.class, Before.NOTHING) == Before.MOVE;
        return when.required("event", PlaybookReader::kind).map(kind -> new When.On(kind, filter, before));
    }

    private static Event.Kind kind(String word) {
        List<String> words = Stream.of(Event.Kind.values()).map(Event.Kind::word).toList();
        if (!words.contains(word)) {
            throw new IllegalArgumentException("unknown event '" + word + "'" + Names.didYouMean(word, words)
                    + (Names.didYouMean(word, words).isEmpty() ? "; known are " + String.join(", ", words) : ""));
        }
        return Event.Kind.values()[words.indexOf(word)];
    }

    private Optional<When> at(Fields fields) {
        ZoneId zone = fields.value("zone", PlaybookReader::zone).orElse(ZoneId.systemDefault());
        Duration jitter = fields.value("jitter", Durations::parse).orElse(Duration.ZERO);
        boolean missed = fields.choice("missed", Missed.class, Missed.SKIP) == Missed.RUN;
        Optional<Schedule> schedule = fields.has("every")
                ? Optional.of(new Schedule.Every(fields.duration("every", Duration.ofDays(1))))
                : fields.text("schedule").map(text -> new Schedule.Cron(text, zone));
        return schedule.map(s -> new When.At(s, jitter, missed));
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is no time zone; write one like Europe/Berlin or UTC",
                    e);
        }
    }

    private Optional<Step> step(String playbook, Node item) {
        if (!(item instanceof MappingNode one) || one.getValue().size() != 1
                || !(one.getValue().getFirst().getKeyNode() instanceof ScalarNode key)) {
            problems.at(item, "a step of playbook " + playbook + " is written as ACTION: {...}");
            return Optional.empty();
        }
        String action = key.getValue();
        if (!ACTIONS.containsKey(action)) {
            List<String> known = ACTIONS.keySet().stream().sorted().toList();
            String meant = Names.didYouMean(action, known);
            problems.at(key, "unknown step '" + action + "' in playbook " + playbook
                    + (meant.isEmpty() ? "; known are " + String.join(", ", known) : meant));
            return Optional.empty();
        }
        Fields fields = new Fields(problems, "step " + action + " of playbook " + playbook,
                one.getValue().getFirst().getValueNode(), joined(ACTIONS.get(action), COMMON));
        boolean goOn = fields.choice("if-failed", IfFailed.class, IfFailed.STOP) == IfFailed.GO_ON;
        return action(action, fields)
                .map(a -> new Step(a, fields.duration("within", WITHIN), fields.count("tries", 1), goOn));
    }

    private Optional<Action> action(String name, Fields fields) {
        return switch (name) {
            case "run" -> command(fields, "command").map(c -> new Action.Run(at(fields, "server"), c));
            case "veto" -> command(fields, "command").map(c -> new Action.Veto(at(fields, "controller"), c));
            case "recheck" -> Optional.of(new Action.Recheck());
            case "move" -> fields.required("service", s -> s)
                    .flatMap(s -> fields.required("to", t -> t).map(t -> new Action.Move(s, t)));
            case "release" -> fields.required("service", s -> s).map(Action.Release::new);
            case "drain" -> Optional.of(new Action.Drain(fields.text("server").orElse("{server}")));
            case "undrain" -> Optional.of(new Action.Undrain(fields.text("server").orElse("{server}")));
            case "fence" -> Optional.of(new Action.Fence(fields.text("server").orElse("{server}"),
                    fields.choice("means", Means.class, Means.ALIAS), fields.words("power")));
            case "wait" -> wait(fields);
            case "notify" -> fields.required("to", s -> s)
                    .flatMap(to -> fields.required("text", t -> t).map(text -> new Action.Notify(to, text)));
            case "playbook" -> fields.required("name", s -> s).map(Action.Play::new);
            default -> throw new IllegalStateException(name);
        };
    }

    private static String at(Fields fields, String otherwise) {
        return fields.text("at").orElse(otherwise);
    }

    private static Optional<List<String>> command(Fields fields, String key) {
        List<String> words = fields.words(key);
        if (words.isEmpty() || words.getFirst().isBlank()) {
            fields.problem(key,
                    fields.what() + " needs '" + key + ":', a list of words like [systemctl, restart, nginx]");
            return Optional.empty();
        }
        return Optional.of(words);
    }

    private static Optional<Action> wait(Fields fields) {
        if (fields.has("for") == fields.has("until")) {
            fields.problem("for", fields.what() + " needs one of 'for: 5s' and 'until: SERVER' (UP again)");
            return Optional.empty();
        }
        return Optional.of(new Action.Wait(fields.duration("for", Duration.ZERO), fields.text("until")));
    }

    private static List<String> joined(List<String> a, List<String> b) {
        return Stream.concat(a.stream(), b.stream()).toList();
    }
}
