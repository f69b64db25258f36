package net.reroute.inventory;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.reroute.core.Durations;
import net.reroute.core.Event;
import net.reroute.core.Names;
import net.reroute.core.Playbook;
import net.reroute.core.Playbook.Schedule;
import net.reroute.core.Playbook.Step;
import net.reroute.core.Playbook.When;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads playbooks/*.yaml of a home folder; each file is one playbook and has its name. */
final class PlaybookReader {

    static final List<String> FILTERS = List.of("service", "server", "check", "router", "decision", "result");
    private static final List<String> KEYS = List.of("enabled", "when", "schedule", "every", "zone", "jitter", "missed",
            "steps");
    /** Anything more frequent should be a check. */
    private static final Duration SHORTEST = Duration.ofSeconds(10);

    private enum Missed {
        SKIP, RUN
    }

    private enum Before {
        NOTHING, MOVE
    }

    private final ProblemList problems;
    private final StepReader steps;
    private final Map<Object, Node> places = new IdentityHashMap<>();
    private final Set<String> started = new HashSet<>();

    PlaybookReader(ProblemList problems) {
        this.problems = problems;
        this.steps = new StepReader(problems);
    }

    /** By name; none if there is no such folder. */
    Map<String, Playbook> read(Path folder) {
        Map<String, Playbook> all = new LinkedHashMap<>();
        for (Path file : YamlFolder.files(folder, "a playbook's file", problems)) {
            String name = file.getFileName().toString().replaceFirst("\\.yaml$", "");
            top(file).ifPresent(node -> {
                Names.shape(name).ifPresent(c -> problems.at(node, c));
                Playbook playbook = playbook(name, node);
                places.put(playbook, node);
                all.put(name, playbook);
            });
        }
        return all;
    }

    private Optional<MappingNode> top(Path file) {
        int before = problems.count();
        Optional<MappingNode> top = YamlFile.read(file, problems);
        if (top.isEmpty() && problems.count() == before) {
            problems.in(file, "is empty; a playbook has 'steps:', or take the file away");
        }
        return top;
    }

    /** False if the start of a playbook has a mistake: then no other check relies on it. */
    boolean isStartUnderstood(Playbook playbook) {
        return started.contains(playbook.name());
    }

    /** Where a playbook or a step was written. */
    Node place(Object of) {
        return places.get(of);
    }

    private Playbook playbook(String name, MappingNode node) {
        Fields fields = new Fields(problems, "playbook " + name, node, KEYS);
        List<Step> read = steps(name, fields);
        // After a mistake the playbook counts as enabled, so that its other mistakes are reported too.
        int before = problems.count();
        boolean enabled = !fields.has("enabled") || fields.flag("enabled") || problems.count() > before;
        int beforeStart = problems.count();
        Optional<When> when = when(fields);
        if (problems.count() == beforeStart) {
            started.add(name);
        }
        return new Playbook(name, enabled, when, List.copyOf(read));
    }

    private List<Step> steps(String playbook, Fields fields) {
        List<Step> read = new ArrayList<>();
        if (fields.node("steps") instanceof SequenceNode list && fields.has("steps") && !list.getValue().isEmpty()) {
            list.getValue().forEach(item -> steps.read(playbook, item).ifPresent(step -> {
                places.put(step, item);
                read.add(step);
            }));
        } else {
            fields.problem("steps", "playbook " + playbook + " needs 'steps:', a list");
        }
        return read;
    }

    private Optional<When> when(Fields fields) {
        boolean timed = fields.has("schedule") || fields.has("every");
        if (fields.has("when") && timed || fields.has("schedule") && fields.has("every")) {
            fields.problem("when", fields.what() + " starts by one of 'when:', 'schedule:', 'every:'");
        }
        if (!timed) {
            List.of("zone", "jitter", "missed").stream().filter(fields::has).forEach(k -> fields.problem(k,
                    "'" + k + "' of " + fields.what() + " is for a 'schedule:' or 'every:', and it has none"));
        }
        return timed
                ? at(fields)
                : fields.inner("when", Fields.keys(List.of("event", "before"), FILTERS)).flatMap(this::on);
    }

    private Optional<When> on(Fields when) {
        Map<String, String> filter = new LinkedHashMap<>();
        FILTERS.forEach(f -> when.text(f).ifPresent(v -> filter.put(f, v)));
        boolean before = when.choice("before", Before.class, Before.NOTHING) == Before.MOVE;
        Optional<Event.Kind> kind = when.required("event", PlaybookReader::kind);
        kind.ifPresent(k -> filter.keySet().stream().filter(f -> !k.facts().contains(f)).forEach(f -> when.problem(f,
                "the event " + k.word() + " tells of no " + f + "; it has " + String.join(", ", k.facts()))));
        kind.filter(k -> before && k != Event.Kind.BEFORE_MOVE && k != Event.Kind.SERVER_SUSPECT)
                .ifPresent(k -> when.problem("before", "'before: move' is for server-suspect and before-move, not for "
                        + k.word() + ", which comes too late"));
        return kind.map(k -> new When.On(k, filter, before));
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
        ZoneId zone = TimeFields.zone(fields);
        Duration jitter = fields.value("jitter", Durations::parse).orElse(Duration.ZERO);
        boolean missed = fields.choice("missed", Missed.class, Missed.SKIP) == Missed.RUN;
        Optional<Schedule> schedule = fields.has("every")
                ? fields.value("every", PlaybookReader::interval).map(Schedule.Every::new)
                : fields.value("schedule", TimeFields::cron).map(text -> new Schedule.Cron(text, zone));
        if (schedule.orElse(null) instanceof Schedule.Every every && jitter.compareTo(every.interval()) >= 0) {
            fields.problem("jitter", "'jitter' of " + fields.what() + " has to be shorter than its interval");
        }
        return schedule.map(s -> new When.At(s, jitter, missed));
    }

    private static Duration interval(String text) {
        Duration interval = Durations.parse(text);
        if (interval.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("'every' is " + Durations.text(SHORTEST) + " at least, not '" + text
                    + "'; what has to be seen sooner is a check");
        }
        return interval;
    }
}
