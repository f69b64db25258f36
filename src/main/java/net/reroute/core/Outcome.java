package net.reroute.core;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a decision was carried out.
 *
 * @param decision what was to be done
 * @param routers what came of it on each
 * @param phases milliseconds by name: detect, decide, look, apply (with reading back), probe
 */
public record Outcome(Decision decision, List<OnRouter> routers, Map<String, Double> phases) {

    /**
     * ALREADY: nothing to do. MOVED: done and verified. SHOWN: would be done. LEFT: may not be touched. REFUSED: it said
     * no. OVERTAKEN: decided anew before anything was typed. UNREACHABLE: nobody answered. PUT_BACK: not verified, and as
     * before. FAILED: not verified, and not put back. UNPROVEN: done and read back, and the probe through it failed.
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
     * @param kind what came of it
     * @param text one clause: what was verified, or why not
     * @param typed lines sent, or that would be
     */
    public record OnRouter(String router, Kind kind, String text, List<String> typed) {

        /** Part of what it says may be the router's own words. */
        public OnRouter {
            text = Text.one(text);
        }

        public boolean good() {
            return kind.exitCode == 0;
        }

        @Override
        public String toString() {
            return router + ": " + text;
        }
    }

    /** How far a move was made: a probe that failed takes nothing of it back. */
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

    /** True if a router may have been left half way: the session broke, or what is there is not what was wanted. */
    public boolean leavesOpen() {
        return leavesOpen(routers);
    }

    static boolean leavesOpen(List<OnRouter> routers) {
        return routers.stream().anyMatch(r -> r.kind() == Kind.UNREACHABLE || r.kind() == Kind.FAILED);
    }

    /** True if lines were only told. */
    public boolean isShown() {
        return isShown(routers);
    }

    static boolean isShown(List<OnRouter> routers) {
        return !routers.isEmpty() && routers.stream().allMatch(r -> r.kind() == Kind.SHOWN);
    }

    /** 0 done, 1 refused, 3 unreachable, 4 put back, 5 partly. */
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

    /** The sentence for the log, the journal and the command line alike. */
    public String sentence() {
        return sentence(decision.arrow() + ": " + decision.reason().text(), routers);
    }

    static String sentence(String what, List<OnRouter> routers) {
        String where = routers.stream().map(OnRouter::toString).collect(Collectors.joining("; "));
        return what + (where.isEmpty() ? "" : " [" + where + "]");
    }
}
