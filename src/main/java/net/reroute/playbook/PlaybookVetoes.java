package net.reroute.playbook;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.reroute.control.EventPublisher;
import net.reroute.control.RefreshScope;
import net.reroute.core.Decision;
import net.reroute.core.Event;
import net.reroute.core.MoveApproval;
import net.reroute.core.Playbook;
import net.reroute.core.Playbook.When;
import net.reroute.core.Snapshot.Cause;

/**
 * Asks the playbooks that may object to a move. The cycle never waits for them: the answer is WAIT at first, and the
 * cycle runs again when they have answered. A move off a server that is DOWN asks only playbooks with
 * {@code before: move}, and takes place if they cannot be asked: a silent playbook must not stop traffic. A planned
 * move does not take place then.
 */
final class PlaybookVetoes {

    /** How long an answer holds for the same move. */
    private static final Duration GO_LASTS = Duration.ofSeconds(10);
    private static final Duration NO_LASTS = Duration.ofSeconds(30);

    private record Key(String service, List<String> from, List<String> to) {}

    private record Asked(CompletableFuture<MoveApproval.Answer> answer, long at) {

        boolean isFresh() {
            if (!answer.isDone()) {
                return true;
            }
            Duration lasts = answer.join().kind() == MoveApproval.Ruling.GO ? GO_LASTS : NO_LASTS;
            return System.nanoTime() - at < lasts.toNanos();
        }
    }

    private final PlaybookContext context;
    private final RunFactory runs;
    private final RunningPlaybooks running;
    private final Map<Key, Asked> asked = new HashMap<>();

    PlaybookVetoes(PlaybookContext context, RunFactory runs, RunningPlaybooks running) {
        this.context = context;
        this.runs = runs;
        this.running = running;
    }

    MoveApproval.Answer ask(Decision decision) {
        Optional<PlaybookRun> delay = decision.kind() == Decision.Kind.FAILOVER
                ? running.delaying(decision.leaving())
                : Optional.empty();
        if (delay.isPresent()) {
            return new MoveApproval.Answer(MoveApproval.Ruling.WAIT, "waiting for playbook " + delay.get());
        }
        List<Playbook> who = objectors(decision);
        if (who.isEmpty()) {
            return MoveApproval.Answer.GO;
        }
        CompletableFuture<MoveApproval.Answer> answer = question(decision, who, false);
        return answer.isDone()
                ? answer.join()
                : new MoveApproval.Answer(MoveApproval.Ruling.WAIT, "waiting for playbook " + who.getFirst().name()
                        + ", which may object");
    }

    List<MoveApproval.Answer> await(List<Decision> decisions) {
        List<CompletableFuture<MoveApproval.Answer>> answers = decisions.stream().map(d -> {
            List<Playbook> who = objectors(d);
            return who.isEmpty() ? CompletableFuture.completedFuture(MoveApproval.Answer.GO) : question(d, who, true);
        }).toList();
        List<MoveApproval.Answer> given = answers.stream().map(CompletableFuture::join).toList();
        synchronized (asked) { // the first answers must not expire during the wait for the last
            asked.replaceAll((key, a) -> answers.contains(a.answer()) ? new Asked(a.answer(), System.nanoTime()) : a);
        }
        return given;
    }

    private List<Playbook> objectors(Decision decision) {
        List<Playbook> all = runs.playbooks().stream().filter(p -> p.enabled() && before(p).isPresent()).toList();
        if (all.isEmpty()) {
            return all; // the usual case; must be cheap for ten thousand moves at once
        }
        Event event = event(decision);
        return all.stream().filter(p -> event.matches(before(p).orElseThrow().filter()))
                .filter(p -> before(p).orElseThrow().beforeMove() || decision.kind() == Decision.Kind.PLANNED).toList();
    }

    private static Optional<When.On> before(Playbook playbook) {
        return playbook.when().filter(w -> w instanceof When.On on && on.kind() == Event.Kind.BEFORE_MOVE)
                .map(When.On.class::cast);
    }

    private static Event event(Decision decision) {
        return new Event(Event.Kind.BEFORE_MOVE, Instant.now(), EventPublisher.facts(decision));
    }

    /** @param anew asks again even if there is a recent answer */
    private CompletableFuture<MoveApproval.Answer> question(Decision decision, List<Playbook> who, boolean anew) {
        Key key = new Key(decision.service().name(), decision.from(), decision.to());
        synchronized (asked) {
            asked.values().removeIf(a -> !a.isFresh());
            Asked before = asked.get(key);
            if (before != null && !(anew && before.answer().isDone())) {
                return before.answer();
            }
            CompletableFuture<MoveApproval.Answer> answer = new CompletableFuture<>();
            asked.put(key, new Asked(answer, System.nanoTime()));
            Thread.ofPlatform().daemon().name("objections").start(() -> {
                MoveApproval.Answer given = unasked(decision,
                        "playbook " + who.getFirst().name() + " could not be asked, an internal error");
                try {
                    given = answer(decision, who);
                } finally {
                    synchronized (asked) {
                        asked.put(key, new Asked(answer, System.nanoTime()));
                    }
                    answer.complete(given);
                }
                context.controller().cycle(Cause.of("objections to " + decision.arrow() + " heard"), RefreshScope.NONE);
            });
            return answer;
        }
    }

    private MoveApproval.Answer answer(Decision decision, List<Playbook> who) {
        List<String> silent = new ArrayList<>();
        for (Playbook playbook : who) {
            PlaybookRun.Ended ended = running.runBeside(
                    runs.automatic(playbook, Placeholders.of(event(decision)), "before-move"));
            if (ended.kind() == StepResult.Status.VETO) {
                return new MoveApproval.Answer(MoveApproval.Ruling.NO,
                        "playbook " + playbook.name() + ", " + ended.text());
            }
            if (ended.kind() == StepResult.Status.BAD) {
                silent.add("playbook " + playbook.name() + " could not be asked, " + ended.text());
            }
        }
        return silent.isEmpty() ? MoveApproval.Answer.GO : unasked(decision, silent.getFirst());
    }

    private static MoveApproval.Answer unasked(Decision decision, String why) {
        return decision.kind() == Decision.Kind.FAILOVER
                ? MoveApproval.Answer.GO
                : new MoveApproval.Answer(MoveApproval.Ruling.NO, why);
    }
}
