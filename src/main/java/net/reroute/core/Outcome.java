package net.reroute.core;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The result of carrying out a decision.
 *
 * @param routers the result on each router
 * @param phases milliseconds by phase: detect, decide, look, apply (with reading back), probe
 */
public record Outcome(Decision decision, List<OnRouter> routers, Map<String, Double> phases) {

    /**
     * ALREADY: nothing to do. MOVED: done and verified. SHOWN: would be done. LEFT: must not be changed. REFUSED: the
     * router rejected it. OVERTAKEN: a newer decision came before anything was typed. UNREACHABLE: no answer. PUT_BACK:
     * not verified, and as before again. FAILED: not verified, and not put back. UNPROVEN: done and read back, but the
     * probe through the router failed.
     */
    public enum Kind {
        ALREADY(0), MOVED(0), SHOWN(0), LEFT(1), REFUSED(1), OVERTAKEN(1), UNREACHABLE(3), PUT_BACK(4), FAILED(
                5), UNPROVEN(5);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }
    }

    /**
     * @param router name
     * @param kind the result
     * @param text one clause: what was verified, or why it failed
     * @param typed lines sent, or that would be sent
     */
    public record OnRouter(String router, Kind kind, String text, List<String> typed) {

        /** Cleans the text, which may contain the router's own words. */
        public OnRouter {
            text = Text.one(text);
        }

        /** True if the router is as decided, or only shows what it would do. */
        public boolean good() {
            return kind.exitCode == 0;
        }

        @Override
        public String toString() {
            return router + ": " + text;
        }
    }

    /** How many routers carry the move. A failed probe does not undo it. */
    public enum Made {
        ALL, SOME, NONE
    }

    public Made made() {
        return made(routers);
    }

    static Made made(List<OnRouter> routers) {
        long there = routers.stream().filter(r -> r.good() || r.kind == Kind.UNPROVEN).count();
        if (there == routers.size()) {
            return Made.ALL;
        }
        return there == 0 ? Made.NONE : Made.SOME;
    }

    public boolean good() {
        return good(routers);
    }

    static boolean good(List<OnRouter> routers) {
        return routers.stream().allMatch(OnRouter::good);
    }

    /** True if a router's state is unknown: the session broke, or the router shows something else than wanted. */
    public boolean leavesOpen() {
        return leavesOpen(routers);
    }

    static boolean leavesOpen(List<OnRouter> routers) {
        return routers.stream().anyMatch(r -> r.kind() == Kind.UNREACHABLE || r.kind() == Kind.FAILED);
    }

    /** True if lines were only shown, not typed. */
    public boolean isShown() {
        return isShown(routers);
    }

    static boolean isShown(List<OnRouter> routers) {
        return !routers.isEmpty() && routers.stream().allMatch(r -> r.kind() == Kind.SHOWN);
    }

    /** Exit status of the command: 0 done, 1 refused, 3 unreachable, 4 put back, 5 done in part or unproven. */
    public int exitCode() {
        List<OnRouter> bad = routers.stream().filter(r -> !r.good()).toList();
        if (bad.isEmpty()) {
            return 0;
        }
        boolean some = routers.stream().anyMatch(r -> r.kind == Kind.MOVED || r.kind == Kind.UNPROVEN);
        Set<Integer> codes = bad.stream().map(r -> r.kind.exitCode).collect(Collectors.toSet());
        if (some || codes.contains(5)) {
            return 5;
        }
        if (codes.contains(4)) {
            return 4;
        }
        return codes.size() == 1 ? codes.iterator().next() : 3;
    }

    /** One sentence for the log, the journal and the command line. */
    public String sentence() {
        return sentence(decision.arrow() + ": " + decision.reason().text(), routers);
    }

    static String sentence(String what, List<OnRouter> routers) {
        String where = routers.stream().map(OnRouter::toString).collect(Collectors.joining("; "));
        return what + (where.isEmpty() ? "" : " [" + where + "]");
    }
}
