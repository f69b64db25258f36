package net.reroute.simulation.cli;

import java.util.ArrayList;
import java.util.List;

/** The lines of one session that wait for its commit. The commit keeps what other sessions committed meanwhile. */
final class CandidateConfig {

    private final RouterState router;
    private final List<ConfigLine> edits = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    CandidateConfig(RouterState router) {
        this.router = router;
    }

    /** Adds a line. Returns the number of routes that it would change. */
    int add(ConfigLine edit, String line) {
        int changed = edit.apply(wanted());
        edits.add(edit);
        lines.add(line);
        return changed;
    }

    /** The routes after a commit. */
    StaticRoutes wanted() {
        StaticRoutes copy = new StaticRoutes(router.routes.links());
        copy.restore(router.routes.written());
        edits.forEach(e -> e.apply(copy));
        return copy;
    }

    List<StaticRoute> coming() {
        return wanted().written().stream().filter(s -> !router.routes.written().contains(s)).toList();
    }

    List<StaticRoute> going() {
        List<StaticRoute> wanted = wanted().written();
        return router.routes.written().stream().filter(s -> !wanted.contains(s)).toList();
    }

    boolean isEmpty() {
        return coming().isEmpty() && going().isEmpty();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    void commit() {
        synchronized (router) {
            router.routes.restore(wanted().written());
        }
        lines.forEach(router::tell);
        discard();
    }

    void discard() {
        edits.clear();
        lines.clear();
    }
}
