package net.reroute.operations;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Assignment;
import net.reroute.core.Decision;
import net.reroute.core.Decision.Kind;
import net.reroute.core.Durations;
import net.reroute.core.Health.State;
import net.reroute.core.Intent;
import net.reroute.core.Reason;
import net.reroute.core.Service;
import net.reroute.core.Unready;
import net.reroute.core.Verdict;
import net.reroute.operations.Standing.Action;
import net.reroute.operations.Whereabouts.Agreement;

/** What an admin reads about the state of one service: what is so at present, what happens next, and what to do. */
final class StandingWords {

    private final StandingFacts facts;
    private final StandingFacts.Of of;
    private final Decision decision;
    private final Service service;
    private final StandingClauses clauses;

    StandingWords(StandingFacts facts, StandingFacts.Of of) {
        this.facts = facts;
        this.of = of;
        this.decision = of.decision();
        this.service = of.service();
        this.clauses = new StandingClauses(facts, of);
    }

    // ---- by state -------------------------------------------------------------------------------------------------

    Standing out() {
        if (of.where().state() == Agreement.DIFFERS) {
            return standing(ServiceState.OUT, Optional.empty(), clauses.drift().and(coming()), Optional.empty());
        }
        if (of.where().state() == Agreement.NOBODY) {
            return standing(ServiceState.OUT, Optional.empty(), clauses.remarks(), Optional.empty());
        }
        Optional<Instant> since = clauses.at().stream().map(s -> facts.verdict(of, s).since())
                .max(Comparator.naturalOrder());
        Sentence down = clauses.failures();
        if (decision.isMove()) {
            return standing(ServiceState.OUT, since, cannot().orElseGet(() -> down.and(would())), resume());
        }
        return switch (decision.reason()) {
            case Reason.Paused paused -> standing(ServiceState.OUT, since, down.and(would(paused)), Optional.empty());
            case Reason.NowhereToGo nowhere -> standing(ServiceState.OUT, since, down.and(clauses.others()), undrain());
            case Reason.PinnedToStay pinned ->
                standing(ServiceState.OUT, since, down.and(StandingClauses.pinnedTo(facts.pin(of).orElseThrow())),
                        release("lets it go elsewhere"));
            default -> standing(ServiceState.OUT, since, down.and(Sentence.of(decision.reason().text())),
                    Optional.empty());
        };
    }

    Standing stuck() {
        if (decision.isMove()) {
            return standing(ServiceState.STUCK, Optional.empty(), cannot().orElseThrow(), Optional.empty());
        }
        Optional<Action> action = clauses.at().stream().filter(s -> facts.maintenance(service, s).isPresent())
                .findFirst()
                .flatMap(s -> Action.of("lets it stay", "undrain", s));
        return standing(ServiceState.STUCK, Optional.empty(), Sentence.of("CANNOT move: " + decision.reason().text()),
                action);
    }

    Standing unknown() {
        if (of.where().state() == Agreement.UNKNOWN) {
            return standing(ServiceState.UNKNOWN, Optional.empty(), clauses.unusable().orElseGet(clauses::remarks),
                    Optional.empty());
        }
        String server = clauses.at().getFirst();
        Verdict verdict = facts.verdict(of, server);
        return standing(ServiceState.UNKNOWN, Optional.of(verdict.since()),
                Sentence.of(server + " has no verdict for ").age(verdict.since())
                        .then(StandingClauses.because(verdict.why())),
                Optional.empty());
    }

    Standing drift() {
        Sentence what = clauses.drift();
        String back = decision.to().isEmpty() ? service.home() : String.join("+", decision.to());
        boolean known = !of.drift().isEmpty() && service.servers().contains(back)
                && of.drift().values().stream().noneMatch(text -> text.contains("'reroute "));
        return standing(ServiceState.DRIFT, Optional.empty(), what,
                known ? Action.of("makes it so everywhere", service.name(), "to", back, "--force") : Optional.empty());
    }

    Standing pinned() {
        Intent pin = facts.pin(of).orElseThrow();
        boolean there = clauses.at().contains(pin.server());
        Sentence away = there ? Sentence.NOTHING : clauses.sick(pin.server()).and(coming());
        return standing(ServiceState.PINNED, Optional.empty(), StandingClauses.pinnedTo(pin).and(away),
                release("ends it"));
    }

    Standing away(ServiceState state) {
        Optional<Assignment> assignment = assignment();
        if (decision.reason() instanceof Reason.FoundThere) {
            return standing(state, Optional.empty(), Sentence.of("found there").then(assignment
                    .map(a -> Sentence.of(" ").ago(a.since())).orElse(Sentence.NOTHING)).then(", kept until released"),
                    release("sends it home"));
        }
        List<String> left = facts.missing(of);
        Sentence says = of.left().isPresent() && !left.isEmpty()
                ? left(left, of.left().get())
                : left.stream().findFirst().map(clauses::sick).orElse(Sentence.NOTHING);
        return standing(state, Optional.empty(), says.and(coming()), back(left));
    }

    private Sentence left(List<String> left, Instant when) {
        Sentence why = clauses.how(left.getFirst());
        return Sentence.of("left " + String.join("+", left) + " ").ago(when).then(why.isEmpty() ? "" : ": ").then(why);
    }

    /** At home: only what is about to happen is said. */
    Standing ok() {
        return standing(ServiceState.OK, Optional.empty(), coming(), Optional.empty());
    }

    private Standing standing(ServiceState state, Optional<Instant> since, Sentence says, Optional<Action> action) {
        boolean calm = state != ServiceState.OUT; // there is enough to read
        return new Standing(state, since, calm ? says.and(clauses.flapping()) : says, action);
    }

    // ---- clauses --------------------------------------------------------------------------------------------------

    private Optional<Assignment> assignment() {
        return Optional.ofNullable(facts.snapshot().assignments().get(service.name()));
    }

    /** The moves that come, or would. */
    private Sentence coming() {
        if (decision.isMove()) {
            return cannot().orElseGet(this::would);
        }
        Optional<Instant> soak = facts.soakEnds(of);
        if (soak.isPresent()) {
            return Sentence.of(facts.acts() ? "returns " : "would return ").in(soak.get());
        }
        return switch (decision.reason()) {
            case Reason.Paused paused -> would(paused);
            case Reason.ManualFailback manual -> Sentence.of("failback is manual");
            case Reason.NotReady notReady when !service.isList() -> unready(notReady.servers().getFirst());
            case Reason.AtHome home -> Sentence.NOTHING;
            case Reason.Pinned pinned -> Sentence.NOTHING;
            default -> of.isHome() ? Sentence.NOTHING : Sentence.of(decision.reason().text());
        };
    }

    private Sentence unready(Unready server) {
        String soak = Durations.text(service.rules().soak());
        return Sentence.of(switch (server) {
            case Unready.InMaintenance maintenance -> "returns when that is over";
            case Unready.NotUp notUp -> "returns once " + notUp.server() + " is UP for " + soak;
            case Unready.Soaking soaking -> "returns after a soak of " + soak;
        });
    }

    private Sentence would() {
        String to = String.join("+", decision.to());
        return facts.acts()
                ? Sentence.of("moving to " + to)
                : Sentence.of("would move to " + to + " (observe)");
    }

    private static Sentence would(Reason.Paused paused) {
        return Sentence.of("would move " + paused.arrow());
    }

    /** Why a decided move is not made: a router takes no commands. */
    private Optional<Sentence> cannot() {
        return facts.acts() && decision.isMove()
                ? clauses.unusable()
                        .map(u -> Sentence.of("CANNOT move to " + String.join("+", decision.to()) + ": ").then(u))
                : Optional.empty();
    }

    // ---- what to do -----------------------------------------------------------------------------------------------

    private Optional<Action> release(String effect) {
        return Action.of(effect, "release", service.name());
    }

    private Optional<Action> resume() {
        return facts.acts() ? Optional.empty() : Action.of("makes it act", "resume");
    }

    /** A server in maintenance that is UP otherwise. */
    private Optional<Action> undrain() {
        return service.servers().stream().filter(s -> facts.maintenance(service, s).isPresent())
                .filter(s -> facts.state(of, s) == State.UP).findFirst()
                .flatMap(s -> facts.snapshot().inventory().behind(service, s))
                .flatMap(s -> Action.of("gives it a server", "undrain", s.name()));
    }

    private Optional<Action> back(List<String> left) {
        Optional<String> drained = left.stream().filter(s -> facts.maintenance(service, s).isPresent()).findFirst();
        if (drained.isPresent()) {
            return Action.of("ends it", "undrain", facts.snapshot().inventory().behind(service, drained.get())
                    .orElseThrow().name());
        }
        return decision.kind() == Kind.STAY && decision.reason() instanceof Reason.ManualFailback
                ? release("sends it home")
                : Optional.empty();
    }
}
