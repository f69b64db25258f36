package net.reroute.control;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.control.RouterRound.Result;
import net.reroute.core.Decision;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Outcome;
import net.reroute.core.Service;

/**
 * The state of a move. An event leads to the next state and has no other effect; {@link MoveCompletion} does what a
 * state requires.
 */
sealed interface MoveState {

    /** An event in the course of a move. */
    sealed interface Input {

        /** A router has made its part of the move, or has put it back. */
        record Answered(Result result) implements Input {}

        /**
         * Probes were sent through the routers that made the move.
         *
         * @param findings by router; a missing router was not probed
         * @param millis how long the probes took, in milliseconds
         * @param oldWorks true if the old servers are all UP
         */
        record Probed(Map<String, Prober.ProbeFinding> findings, double millis, boolean oldWorks) implements Input {}
    }

    Progress progress();

    /** The state after an event; this state if the event does not concern it. */
    MoveState next(Input event);

    /** Routers that have not answered yet. */
    default Set<String> awaited() {
        return Set.of();
    }

    static MoveState begin(Decision decision, boolean forced, Map<String, Double> phases) {
        return new Applying(new Progress(decision, forced, Map.of(), phases),
                new LinkedHashSet<>(decision.service().routers()));
    }

    /** Routers are making the move. */
    record Applying(Progress progress, Set<String> awaited) implements MoveState {

        @Override
        public MoveState next(Input event) {
            if (!(event instanceof Input.Answered answered) || !awaited.contains(answered.result().on().router())) {
                return this; // a later round on a router that has answered says nothing about this move
            }
            Progress now = progress.with(answered.result());
            Set<String> left = without(awaited, answered.result());
            return left.isEmpty() ? allAnswered(now) : new Applying(now, left);
        }

        private static MoveState allAnswered(Progress now) {
            List<Result> moved = now.moved();
            if (moved.isEmpty() || now.decision().service().isList()) {
                return new Ended(now, true); // clients of a name follow later, so a probe would prove nothing
            }
            boolean all = now.decision().service().rules().policy() == Service.Policy.ALL;
            Optional<Result> bad = now.results().values().stream().filter(r -> !r.on().good()).findFirst();
            if (!all || now.decision().kind() != Kind.PLANNED || bad.isEmpty()) {
                return new Probing(now);
            }
            String why = "the policy is all, and " + bad.get().on();
            return PuttingBack.of(now, moved.stream().map(r -> r.as(Outcome.Kind.FAILED, why)).toList());
        }
    }

    /** At least one router has made the move. The service is probed through each of these. */
    record Probing(Progress progress) implements MoveState {

        private static final Prober.ProbeFinding NO_FINDING = new Prober.ProbeFinding(Prober.ProbeResult.NOT_TAKEN,
                "the probe did not run");

        @Override
        public MoveState next(Input event) {
            if (!(event instanceof Input.Probed probed)) {
                return this;
            }
            Progress now = progress.timed("probe", probed.millis());
            for (Result result : progress.moved()) {
                now = now.with(judged(result, probed.findings().getOrDefault(result.on().router(), NO_FINDING)));
            }
            List<Result> failed = now.results().values().stream()
                    .filter(r -> r.on().kind() == Outcome.Kind.UNPROVEN).toList();
            boolean back = !failed.isEmpty() && now.decision().kind() == Kind.PLANNED && probed.oldWorks()
                    && !now.forced();
            return back ? PuttingBack.of(now, failed) : new Ended(now, failed.isEmpty());
        }

        private static Result judged(Result result, Prober.ProbeFinding finding) {
            String done = result.on().text();
            return switch (finding.kind()) {
                case GOOD -> result.as(Outcome.Kind.MOVED, done + " and probed");
                case NOT_TAKEN -> result.as(Outcome.Kind.MOVED, done + ", not probed: " + finding.text());
                case BAD -> result.as(Outcome.Kind.UNPROVEN, done + ", but " + finding.text());
            };
        }
    }

    /**
     * The move failed and the old servers work, so routers take it back.
     *
     * @param made results that are taken back
     */
    record PuttingBack(Progress progress, List<Result> made, Set<String> awaited) implements MoveState {

        static PuttingBack of(Progress progress, List<Result> made) {
            Set<String> routers = new LinkedHashSet<>();
            made.forEach(r -> routers.add(r.on().router()));
            return new PuttingBack(progress, made, routers);
        }

        @Override
        public MoveState next(Input event) {
            if (!(event instanceof Input.Answered answered) || !awaited.contains(answered.result().on().router())) {
                return this;
            }
            Progress now = progress.with(answered.result());
            Set<String> left = without(awaited, answered.result());
            return left.isEmpty() ? new Ended(now, true) : new PuttingBack(now, made, left);
        }
    }

    /**
     * The move has ended.
     *
     * @param proven false if a probe failed and the move stays nevertheless
     */
    record Ended(Progress progress, boolean proven) implements MoveState {

        @Override
        public MoveState next(Input event) {
            return this;
        }
    }

    private static Set<String> without(Set<String> awaited, Result answered) {
        Set<String> left = new LinkedHashSet<>(awaited);
        left.remove(answered.on().router());
        return left;
    }

    /**
     * The results of a move so far.
     *
     * @param forced true if it was requested with force
     * @param results by router, in the order they came
     * @param phases milliseconds by phase, of the slowest router
     */
    record Progress(Decision decision, boolean forced, Map<String, Result> results, Map<String, Double> phases) {

        private static final List<String> PHASES = List.of("detect", "decide", "look", "apply", "probe");

        Progress with(Result result) {
            Map<String, Result> more = new LinkedHashMap<>(results);
            more.put(result.on().router(), result);
            Map<String, Double> slower = new LinkedHashMap<>(phases);
            // Clients wait for the slowest router.
            result.phases().forEach((name, ms) -> slower.merge(name, ms, Math::max));
            return new Progress(decision, forced, more, slower);
        }

        Progress timed(String phase, double millis) {
            Map<String, Double> more = new LinkedHashMap<>(phases);
            more.merge(phase, millis, Math::max);
            return new Progress(decision, forced, results, more);
        }

        List<Result> moved() {
            return results.values().stream().filter(r -> r.on().kind() == Outcome.Kind.MOVED).toList();
        }

        /** True if at least one router has the new assignment. */
        boolean carried() {
            return results.values().stream()
                    .anyMatch(r -> r.on().kind() == Outcome.Kind.MOVED || r.on().kind() == Outcome.Kind.ALREADY);
        }

        Outcome outcome() {
            Map<String, Double> ordered = new LinkedHashMap<>();
            PHASES.stream().filter(phases::containsKey).forEach(p -> ordered.put(p, phases.get(p)));
            return new Outcome(decision, results.values().stream().map(Result::on).toList(), ordered);
        }
    }
}
