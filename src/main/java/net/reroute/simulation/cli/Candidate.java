package net.reroute.simulation.cli;

import java.util.ArrayList;
import java.util.List;
import net.reroute.simulation.cli.StaticRoutes.Static;

/** Lines of one session that wait for its commit. What others commit meanwhile is not undone by it. */
final class Candidate {

    private final RouterBox box;
    private final List<Edit> edits = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    Candidate(RouterBox box) {
        this.box = box;
    }

    /** Returns how many routes it would change. */
    int add(Edit edit, String line) {
        int changed = edit.apply(wanted());
        edits.add(edit);
        lines.add(line);
        return changed;
    }

    /** The routes as they would be. */
    StaticRoutes wanted() {
        StaticRoutes copy = new StaticRoutes(box.routes.links());
        copy.restore(box.routes.written());
        edits.forEach(e -> e.apply(copy));
        return copy;
    }

    List<Static> coming() {
        return wanted().written().stream().filter(s -> !box.routes.written().contains(s)).toList();
    }

    List<Static> going() {
        List<Static> wanted = wanted().written();
        return box.routes.written().stream().filter(s -> !wanted.contains(s)).toList();
    }

    boolean isEmpty() {
        return coming().isEmpty() && going().isEmpty();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    void commit() {
        synchronized (box) {
            box.routes.restore(wanted().written());
        }
        lines.forEach(box::tell);
        discard();
    }

    void discard() {
        edits.clear();
        lines.clear();
    }
}
