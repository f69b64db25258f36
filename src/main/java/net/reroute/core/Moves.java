package net.reroute.core;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import net.reroute.core.Facts.Begun;
import net.reroute.core.Outcome.OnRouter;

/** The beginning and the end of moves. */
public sealed interface Moves extends Record {

    /** Recorded before anything is typed on a router. */
    record MoveBegun(String router, Map<String, Begun> begun) implements Moves {

        public MoveBegun {
            begun.values().forEach(Objects::requireNonNull);
        }

        @Override
        public String kind() {
            return "begun";
        }

        @Override
        public String subject() {
            return router;
        }

        @Override
        public String text() {
            return begun.size() == 1
                    ? begun.entrySet().stream().map(e -> text(e.getKey(), e.getValue())).collect(Collectors.joining())
                    : begun.size() + " changes on " + router;
        }

        private String text(String service, Begun move) {
            return service + " -> " + String.join("+", move.to()) + " on " + router + ": " + move.reason();
        }
    }

    /**
     * The end of a move.
     *
     * @param actor that asked for it
     * @param reason of the decision; empty in rows of the first edition
     * @param phases milliseconds by phase
     */
    record MoveEnded(Actor actor, String service, Decision.Kind decision, List<String> from, List<String> to,
            String reason, List<OnRouter> routers, Map<String, Double> phases) implements Moves {

        public static MoveEnded of(Outcome outcome, Actor actor) {
            Decision decision = outcome.decision();
            return new MoveEnded(actor, decision.service().name(), decision.kind(), decision.from(), decision.to(),
                    decision.reason().text(), outcome.routers(), outcome.phases());
        }

        @Override
        public String kind() {
            return isShown() ? "observe" : switch (made()) {
                case ALL -> "moved";
                case SOME -> "partly-moved";
                case NONE -> "not-moved";
            };
        }

        @Override
        public String subject() {
            return service;
        }

        @Override
        public String text() {
            return Outcome.sentence(Decision.arrow(service, from, to) + ": " + reason, routers) + phasesText();
        }

        private String phasesText() {
            return phases.isEmpty()
                    ? ""
                    : phases.entrySet().stream().map(e -> e.getKey() + " " + e.getValue() + " ms")
                            .collect(Collectors.joining(", ", " (", ")"));
        }

        /** On how many routers the move was made. */
        public Outcome.Made made() {
            return Outcome.made(routers);
        }

        /** True if lines were only shown, not typed. */
        public boolean isShown() {
            return Outcome.isShown(routers);
        }

        @Override
        public boolean isWarning() {
            return !Outcome.good(routers);
        }
    }

    /** A router was changed to match an earlier decision. */
    record Aligned(String router, String service, List<String> to) implements Moves {

        public Aligned {
            to = List.copyOf(to);
        }

        @Override
        public String kind() {
            return "aligned";
        }

        @Override
        public String subject() {
            return service;
        }

        @Override
        public String text() {
            return router + " now points at " + String.join("+", to) + " as decided";
        }
    }
}
