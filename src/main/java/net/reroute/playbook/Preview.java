package net.reroute.playbook;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.reroute.core.Durations;
import net.reroute.core.Playbook;
import net.reroute.core.Playbook.Action;
import net.reroute.core.Playbook.Step;

/** What a playbook would do, in words. */
final class Preview {

    private final List<Playbook> all;
    private final Placeholders facts;

    Preview(List<Playbook> all, Placeholders facts) {
        this.all = all;
        this.facts = facts;
    }

    List<String> lines(Playbook playbook) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < playbook.steps().size(); i++) {
            Step step = playbook.steps().get(i);
            lines.add((i + 1) + ". " + line(step.action()) + " (within " + Durations.text(step.within())
                    + (step.tries() > 1 ? ", " + step.tries() + " tries" : "")
                    + (step.goOn() ? "; whatever comes of it" : "") + ")");
            if (step.action() instanceof Action.Play(String name)) {
                all.stream().filter(p -> p.name().equals(name)).findFirst()
                        .ifPresent(p -> lines(p).forEach(l -> lines.add("   " + l)));
            }
        }
        return lines;
    }

    private String line(Action action) {
        return switch (action) {
            case Action.Run(String at, List<String> command) -> "run at " + at(at) + ": " + words(command);
            case Action.Veto(String at, List<String> command) -> "ask at " + at(at) + ", which may object: "
                    + words(command);
            case Action.Recheck r -> "ask the checks of " + put("{server}") + " again; good again: it ends here";
            case Action.Move m -> "move " + put(m.service()) + " to " + put(m.to());
            case Action.Release r -> "release " + put(r.service());
            case Action.Drain d -> "drain " + put(d.server())
                    + d.lasting().map(l -> " for " + Durations.text(l)).orElse("");
            case Action.Undrain u -> "undrain " + put(u.server());
            case Action.Fence f -> "fence " + put(f.server()) + ": "
                    + f.means().name().toLowerCase(java.util.Locale.ROOT)
                    + (f.power().isEmpty() ? "" : ", then here: " + words(f.power()));
            case Action.Pause p -> "wait " + Durations.text(p.time());
            case Action.Await a -> "wait until " + put(a.server()) + " is " + a.state()
                    + (a.lasting().isZero() ? "" : " for " + Durations.text(a.lasting()));
            case Action.Notify n -> "tell " + n.to() + ": " + put(n.text()).lines().findFirst().orElse("");
            case Action.Play p -> "playbook " + p.playbook();
            case Action.Drill d -> (d.shadow() ? "shadow drill of " : "drill of ") + put(d.server())
                    + d.window().map(w -> ", only at " + w).orElse("");
        };
    }

    private String at(String at) {
        return at.equals("server") ? put("{server}") : at;
    }

    private String put(String text) {
        return facts.known(text);
    }

    private String words(List<String> words) {
        return words.stream().map(this::put).map(Preview::shown).collect(Collectors.joining(" "));
    }

    private static String shown(String word) {
        String line = word.lines().findFirst().orElse("");
        String cut = line.length() == word.length() ? line : line + " ...";
        return cut.matches("[A-Za-z0-9_./:=@,+%{}-]+") ? cut : "'" + cut + "'";
    }
}
