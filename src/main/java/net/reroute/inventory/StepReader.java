package net.reroute.inventory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Durations;
import net.reroute.core.Health;
import net.reroute.core.Names;
import net.reroute.core.Playbook.Action;
import net.reroute.core.Playbook.Step;
import net.reroute.core.Takeover.Means;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the steps of playbooks. */
final class StepReader {

    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final Duration NESTED_WITHIN = Duration.ofDays(1);
    private static final Duration DRILL_WITHIN = Duration.ofMinutes(2);
    private static final String SERVER = "{server}";
    private static final List<String> COMMON = List.of("within", "tries", "if-failed");
    private static final Map<String, List<String>> ACTIONS = Map.ofEntries(Map.entry("run", List.of("at", "command")),
            Map.entry("veto", List.of("at", "command")), Map.entry("recheck", List.of()),
            Map.entry("move", List.of("service", "to", "for")), Map.entry("release", List.of("service")),
            Map.entry("drain", List.of("server", "for")), Map.entry("undrain", List.of("server")),
            Map.entry("fence", List.of("server", "means", "restore-after", "power")),
            Map.entry("wait", List.of("for", "until", "server")), Map.entry("notify", List.of("to", "text")),
            Map.entry("playbook", List.of("name")), Map.entry("drill", List.of("server", "shadow", "window", "zone")));

    private enum IfFailed {
        STOP, GO_ON
    }

    private enum Until {
        UP, DOWN
    }

    private final ProblemList problems;

    StepReader(ProblemList problems) {
        this.problems = problems;
    }

    Optional<Step> read(String playbook, Node item) {
        if (!(item instanceof MappingNode one) || one.getValue().size() != 1
                || !(one.getValue().getFirst().getKeyNode() instanceof ScalarNode key)) {
            problems.at(item, "a step of playbook " + playbook + " is written as ACTION: {...}");
            return Optional.empty();
        }
        if (!ACTIONS.containsKey(key.getValue())) {
            unknown(playbook, key);
            return Optional.empty();
        }
        return step(playbook, key.getValue(), one.getValue().getFirst().getValueNode());
    }

    private void unknown(String playbook, ScalarNode key) {
        List<String> known = ACTIONS.keySet().stream().sorted().toList();
        String meant = Names.didYouMean(key.getValue(), known);
        problems.at(key, "unknown step '" + key.getValue() + "' in playbook " + playbook
                + (meant.isEmpty() ? "; known are " + String.join(", ", known) : meant));
    }

    private Optional<Step> step(String playbook, String action, Node value) {
        Fields fields = new Fields(problems, "step " + action + " of playbook " + playbook, value,
                Fields.keys(ACTIONS.get(action), COMMON));
        boolean goOn = fields.choice("if-failed", IfFailed.class, IfFailed.STOP) == IfFailed.GO_ON;
        Optional<Step> step = action(action, fields)
                .map(a -> new Step(a, fields.duration("within", within(a)), fields.count("tries", 1), goOn));
        step.filter(s -> s.within().compareTo(least(s.action())) < 0).ifPresent(s -> fields.problem("within",
                fields.what() + " cannot end within " + Durations.text(s.within()) + ": it waits for "
                        + Durations.text(least(s.action()))));
        return step;
    }

    private static Duration least(Action action) {
        return switch (action) {
            case Action.Pause(Duration time) -> time;
            case Action.Await await -> await.lasting();
            default -> Duration.ZERO;
        };
    }

    /** A wait is not over before its time. */
    private static Duration within(Action action) {
        return switch (action) {
            case Action.Pause(Duration time) -> time.plus(WITHIN);
            case Action.Await a -> a.lasting().plus(Duration.ofMinutes(10));
            case Action.Drill d -> DRILL_WITHIN;
            case Action.Play p -> NESTED_WITHIN; // its steps have deadlines of their own
            default -> WITHIN;
        };
    }

    private Optional<Action> action(String name, Fields fields) {
        return switch (name) {
            case "run" -> command(fields).map(c -> new Action.Run(at(fields, "server"), c));
            case "veto" -> command(fields).map(c -> new Action.Veto(at(fields, "controller"), c));
            case "recheck" -> Optional.of(new Action.Recheck());
            case "move" -> fields.required("service", s -> s).flatMap(s -> fields.required("to", t -> t)
                    .map(t -> new Action.Move(s, t, fields.value("for", Durations::parse))));
            case "release" -> fields.required("service", s -> s).map(Action.Release::new);
            case "drain" -> Optional.of(new Action.Drain(server(fields), fields.value("for", Durations::parse)));
            case "undrain" -> Optional.of(new Action.Undrain(server(fields)));
            case "fence" -> Optional.of(new Action.Fence(server(fields),
                    fields.choice("means", Means.class, Means.ALIAS),
                    fields.duration("restore-after", Duration.ofMinutes(5)),
                    fields.words("power")));
            case "wait" -> wait(fields);
            case "notify" -> fields.required("to", s -> s)
                    .flatMap(to -> fields.required("text", t -> t).map(text -> new Action.Notify(to, text)));
            case "playbook" -> fields.required("name", s -> s).map(Action.Play::new);
            case "drill" -> fields.required("server", s -> s)
                    .map(s -> new Action.Drill(s, fields.flag("shadow"), TimeFields.hours(fields, "window")));
            default -> throw new IllegalStateException(name);
        };
    }

    private static String server(Fields fields) {
        return fields.text("server").orElse(SERVER);
    }

    private static String at(Fields fields, String otherwise) {
        return fields.text("at").orElse(otherwise);
    }

    private static Optional<List<String>> command(Fields fields) {
        List<String> words = fields.words("command");
        if (words.isEmpty() || words.getFirst().isBlank()) {
            fields.problem("command",
                    fields.what() + " needs 'command:', a list of words like [systemctl, restart, nginx]");
            return Optional.empty();
        }
        if (words.size() == 1 && words.getFirst().contains(" ")) {
            fields.problem("command", fields.what() + " is given words and no shell reads them: write ["
                    + String.join(", ", words.getFirst().strip().split("\\s+")) + "], or [sh, -c, \""
                    + words.getFirst() + "\"]");
        }
        return Optional.of(words);
    }

    private static Optional<Action> wait(Fields fields) {
        Optional<Duration> time = fields.value("for", Durations::parse);
        if (!fields.has("until")) {
            if (!fields.has("for") || fields.has("server")) {
                fields.problem("for",
                        fields.what() + " needs 'for: 5s', or 'until: up' (or down) with the server's name");
                return Optional.empty();
            }
            return time.map(Action.Pause::new);
        }
        Health.State state = fields.choice("until", Until.class, Until.UP) == Until.UP
                ? Health.State.UP
                : Health.State.DOWN;
        return Optional.of(new Action.Await(server(fields), state, time.orElse(Duration.ZERO)));
    }
}
