package net.reroute.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.reroute.core.Event;
import net.reroute.core.Inventory;
import net.reroute.core.Names;
import net.reroute.core.Playbook;
import net.reroute.core.Playbook.Action;
import net.reroute.core.Playbook.Step;
import net.reroute.core.Playbook.When;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Mistakes that show only when playbooks and inventory have been read. The names in a playbook that is not enabled are
 * not checked: they may be added later.
 */
final class PlaybookChecks {

    private static final Set<String> SECTIONS = Set.of("service", "server", "check", "router", "channel");
    private static final List<String> FACTS = Stream.concat(Event.NAMES.stream(), Event.TEXTS.stream()).toList();
    private static final Pattern FACT = Pattern.compile("\\{([a-z]+)}");

    private final ProblemList problems;
    private final PlaybookReader reader;
    private final Sections sections;
    private final Inventory inventory;
    private final Map<String, Playbook> all;

    PlaybookChecks(ProblemList problems, PlaybookReader reader, Sections sections, Inventory inventory) {
        this.problems = problems;
        this.reader = reader;
        this.sections = sections;
        this.inventory = inventory;
        this.all = inventory.response().playbooks();
    }

    void check() {
        all.values().forEach(playbook -> {
            loops(playbook, playbook, new LinkedHashSet<>());
            playbook.steps().forEach(step -> facts(playbook, step));
            if (playbook.enabled()) {
                filter(playbook);
                playbook.steps().forEach(step -> names(playbook, step));
            }
        });
    }

    // ---- one playbook in another ---------------------------------------------------------------------------------

    private void loops(Playbook first, Playbook here, Set<String> path) {
        path.add(here.name());
        for (Step step : here.steps()) {
            if (step.action() instanceof Action.Play(String next) && all.containsKey(next)) {
                if (next.equals(first.name())) {
                    problems.at(reader.place(step), "playbook " + first.name() + " would never end: "
                            + String.join(" -> ", path) + " -> " + next);
                } else if (!path.contains(next)) {
                    loops(first, all.get(next), new LinkedHashSet<>(path));
                }
            }
        }
    }

    // ---- facts in braces -----------------------------------------------------------------------------------------

    private void facts(Playbook playbook, Step step) {
        switch (step.action()) {
            case Action.Run run -> command(playbook, step, run.command());
            case Action.Veto veto -> command(playbook, step, veto.command());
            case Action.Fence fence -> command(playbook, step, fence.power());
            case Action.Notify(String to, String text) -> unknown(step, text);
            default -> {
            }
        }
        boolean bound = playbook.when().orElse(null) instanceof When.On on && on.kind() == Event.Kind.BEFORE_MOVE;
        if (step.action() instanceof Action.Veto && !bound && reader.isStartUnderstood(playbook)) {
            problems.at(reader.place(step), "a veto is for playbooks with 'when: {event: before-move}', and "
                    + playbook.name() + " has none");
        }
    }

    /** Names have a harmless form; text from machines has not, and "sh -c" would run it. */
    private void command(Playbook playbook, Step step, List<String> words) {
        words.forEach(word -> misspelt(step, word));
        used(words).filter(Event.TEXTS::contains).findFirst()
                .ifPresent(fact -> problems.at(reader.place(step), "{" + fact + "} may not stand in a command of "
                        + playbook.name() + ": it is text from outside; the command finds it in its environment as "
                        + "REROUTE_" + fact.toUpperCase(java.util.Locale.ROOT)));
    }

    /** A text for people has no braces of its own. */
    private void unknown(Step step, String text) {
        used(List.of(text)).filter(f -> !FACTS.contains(f)).forEach(f -> problems.at(reader.place(step), "there is no {"
                + f + "}" + (Names.didYouMean(f, FACTS).isEmpty()
                        ? "; there are " + String.join(", ", FACTS)
                        : Names.didYouMean(f, FACTS))));
    }

    /** Other braces are left as they are: awk has them too. */
    private void misspelt(Step step, String text) {
        used(List.of(text)).filter(f -> !FACTS.contains(f)).forEach(f -> {
            String meant = Names.didYouMean(f, FACTS);
            if (!meant.isEmpty()) {
                problems.at(reader.place(step), "there is no {" + f + "}" + meant);
            }
        });
    }

    private static Stream<String> used(List<String> texts) {
        List<String> facts = new ArrayList<>();
        texts.forEach(text -> {
            Matcher match = FACT.matcher(text);
            while (match.find()) {
                facts.add(match.group(1));
            }
        });
        return facts.stream();
    }

    // ---- names of the inventory ----------------------------------------------------------------------------------

    private void filter(Playbook playbook) {
        if (playbook.when().orElse(null) instanceof When.On on) {
            on.filter().forEach((what, name) -> known(reader.place(playbook), what, name));
        }
    }

    private Collection<String> names(String what) {
        return switch (what) {
            case "decision" -> List.of("planned", "failover");
            case "result" -> List.of("pass", "fail", "refused");
            case "playbook" -> all.keySet();
            default -> sections.names(what + "s");
        };
    }

    private void names(Playbook playbook, Step step) {
        Node place = reader.place(step);
        switch (step.action()) {
            case Action.Run run -> at(playbook, step, run.at());
            case Action.Veto veto -> at(playbook, step, veto.at());
            case Action.Move move -> {
                known(place, "service", move.service());
                known(place, "server", move.to());
            }
            case Action.Release release -> known(place, "service", release.service());
            case Action.Drain drain -> server(playbook, step, drain.server());
            case Action.Undrain undrain -> server(playbook, step, undrain.server());
            case Action.Fence fence -> server(playbook, step, fence.server());
            case Action.Await await -> server(playbook, step, await.server());
            case Action.Recheck recheck -> server(playbook, step, "{server}");
            case Action.Notify notify -> known(place, "channel", notify.to());
            case Action.Play play -> known(place, "playbook", play.playbook());
            case Action.Drill drill -> {
                if (!drill.server().equals("next")) {
                    known(place, "server", drill.server());
                }
            }
            case Action.Pause pause -> {
            }
        }
    }

    private void at(Playbook playbook, Step step, String at) {
        if (at.equals("server")) {
            server(playbook, step, "{server}");
        } else if (!at.equals("controller")) {
            known(reader.place(step), "server", at);
            if (inventory.servers().containsKey(at) && inventory.servers().get(at).login().isEmpty()) {
                problems.at(reader.place(step), at + " has no login to run anything with; write user and key there");
            }
        }
    }

    private void server(Playbook playbook, Step step, String server) {
        boolean timed = playbook.when().orElse(null) instanceof When.At;
        if (server.contains("{server}") && timed) {
            problems.at(reader.place(step), "no server has anything to do with a schedule; name the one that '"
                    + Playbook.word(step.action()) + "' of playbook " + playbook.name() + " is about");
        }
        known(reader.place(step), "server", server);
    }

    private void known(Node place, String what, String name) {
        Collection<String> known = names(what);
        boolean lost = SECTIONS.contains(what) && sections.mayHave(what + "s", name);
        if (!name.contains("{") && !known.contains(name) && !lost) {
            String meant = Names.didYouMean(name, known);
            String there = known.isEmpty() ? "; the inventory has none" : "; there are " + Names.some(known);
            problems.at(place, "no " + what + " '" + name + "'" + (meant.isEmpty() ? there : meant));
        }
    }
}
