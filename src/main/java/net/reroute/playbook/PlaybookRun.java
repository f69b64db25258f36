package net.reroute.playbook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import net.reroute.control.AuditLog;
import net.reroute.core.Attribution;
import net.reroute.core.Durations;
import net.reroute.core.Facts.NoteKept;
import net.reroute.core.Facts.NotesDropped;
import net.reroute.core.Facts.Shelf;
import net.reroute.core.Playbook;
import net.reroute.core.Playbook.Step;
import net.reroute.core.ProgramRemarks.Phase;
import net.reroute.core.ProgramRemarks.Played;
import net.reroute.core.Record;
import net.reroute.core.Text;

/**
 * One run of a playbook. The journal gets a note before each step, and the result after it. If the process ends in
 * between, the next one can report which steps were done.
 */
final class PlaybookRun {

    /** Commands end themselves at their deadline and report it; this is for steps that do not. */
    private static final Duration GRACE = Duration.ofSeconds(4);
    private static final Duration INTENT = Duration.ofMillis(100);
    private static final int LONGEST_OUTPUT = 4000;

    /**
     * How a run ended.
     *
     * @param kind GOOD, BAD, or VETO
     * @param text one clause
     */
    record Ended(StepResult.Status kind, String text) {}

    /**
     * Why a playbook runs.
     *
     * @param by the admin or playbook that asked for it, or reroute itself
     * @param progress receives each line as it comes
     */
    record Request(Attribution by, Consumer<String> progress) {}

    /** Executes a step. An interrupt should end it. */
    interface Performer {
        StepResult act(Step step, Placeholders facts, Attribution by);
    }

    final Playbook playbook;
    private volatile Placeholders facts;
    private final Request reason;
    private final AuditLog audit;
    private final String id = UUID.randomUUID().toString();
    private final String subject;
    final CompletableFuture<Ended> ended = new CompletableFuture<>();
    final long began = System.nanoTime();
    private volatile int at;
    private volatile String last = "it was not begun";

    PlaybookRun(Playbook playbook, Placeholders facts, Request reason, AuditLog audit) {
        this.playbook = playbook;
        this.facts = facts;
        this.reason = reason;
        this.audit = audit;
        this.subject = facts.subject();
    }

    String subject() {
        return subject;
    }

    /** The index of the current step, or of the last one after the end; from 0. */
    int at() {
        return Math.min(at, playbook.steps().size() - 1);
    }

    /** The result of the last step, one clause. */
    String last() {
        return last;
    }

    String server() {
        return facts.get("server");
    }

    /** True if the run should have ended by now. */
    boolean isOverdue() {
        return System.nanoTime() - began > longest().toNanos();
    }

    Duration longest() {
        return playbook.steps().stream().map(s -> s.longest().plus(GRACE)).reduce(Duration.ZERO, Duration::plus);
    }

    /** Text like "respawn-web for host1 web, step 2 of 3 (recheck)". */
    @Override
    public String toString() {
        return name() + ", " + place(at);
    }

    private String name() {
        return playbook.name() + (subject.isEmpty() ? "" : " for " + subject);
    }

    private String place(int index) {
        int step = Math.min(index, playbook.steps().size() - 1); // past the last step while the end is recorded
        return "step " + (step + 1) + " of " + playbook.steps().size() + " ("
                + Playbook.word(playbook.steps().get(step).action()) + ")";
    }

    /** Runs all steps on this thread. Completes {@link #ended} in any case. */
    void run(Performer actor) {
        Ended how = new Ended(StepResult.Status.BAD, "internal error");
        try {
            how = steps(actor);
        } finally {
            say(Phase.ENDED, how.kind() == StepResult.Status.GOOD ? "ended: " + how.text() : "stopped: " + how.text(),
                    "",
                    how.kind() == StepResult.Status.BAD, new NotesDropped(Shelf.PLAY, List.of(id)));
            ended.complete(how);
        }
    }

    private Ended steps(Performer actor) {
        String why = facts.get("text").isEmpty() ? "" : ", " + facts.get("text");
        say(Phase.BEGUN, "began " + reason.by() + why, "", false);
        String failed = "";
        for (at = 0; at < playbook.steps().size(); at++) {
            Step step = playbook.steps().get(at);
            if (Thread.currentThread().isInterrupted()) {
                return new Ended(StepResult.Status.BAD, place(at) + " was not begun: reroute ends, or gave way");
            }
            StepResult did = tried(step, actor);
            last = did.text();
            facts = facts.with("output", did.output().isEmpty() ? did.text() : did.output());
            if (did.kind() == StepResult.Status.OVER) {
                return new Ended(StepResult.Status.GOOD, did.text());
            }
            if (did.kind() == StepResult.Status.VETO || did.kind() == StepResult.Status.BAD && !step.goOn()) {
                return new Ended(did.kind(), place(at) + " " + did.text());
            }
            failed = did.ok() || !failed.isEmpty() ? failed : place(at) + " " + did.text();
        }
        return new Ended(StepResult.Status.GOOD,
                failed.isEmpty() ? "all steps done" : "all steps gone through, but " + failed);
    }

    private StepResult tried(Step step, Performer actor) {
        begin();
        long before = System.nanoTime();
        StepResult did = attempt(step, actor);
        for (int i = 1; i < step.tries() && did.kind() == StepResult.Status.BAD
                && !Thread.currentThread().isInterrupted(); i++) {
            say(Phase.STEP, place(at) + ", try " + i + " of " + step.tries() + ": " + did.text(), did.output(), true);
            did = attempt(step, actor);
        }
        String took = " [" + Durations.text(Duration.ofNanos(System.nanoTime() - before)) + "]";
        say(Phase.STEP, place(at) + ": " + did.text() + took, did.output(), !did.ok());
        return did;
    }

    private StepResult attempt(Step step, Performer actor) {
        FutureTask<StepResult> task = new FutureTask<>(() -> actor.act(step, facts, reason.by()));
        Thread.ofPlatform().daemon().name("step").start(task);
        try {
            boolean endsItself = switch (step.action()) {
                case Playbook.Action.Run r -> true;
                case Playbook.Action.Veto v -> true;
                case Playbook.Action.Fence f -> true;
                default -> false;
            };
            return task.get((endsItself ? step.within().plus(GRACE) : step.within()).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            return StepResult.bad("did not end within " + Durations.text(step.within()));
        } catch (ExecutionException e) {
            return StepResult
                    .bad(e.getCause() instanceof IllegalArgumentException bad ? bad.getMessage() : e.getCause() + "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            task.cancel(true);
            return StepResult.bad("reroute ends");
        }
    }

    // ---- records -------------------------------------------------------------------------------------------------

    private void begin() {
        try {
            audit.record(new NoteKept(Shelf.PLAY, id, RunNote.of(playbook, subject, at))).get(INTENT.toNanos(),
                    TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            reason.progress().accept("the journal does not take it down at present");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(Phase phase, String text, String output, boolean warn, Record... more) {
        String line = Text.one((subject.isEmpty() ? "" : subject + ": ") + text);
        List<Record> all = new ArrayList<>(
                List.of(new Played(reason.by().actor(), playbook.name(), phase, line, cut(output),
                        warn)));
        all.addAll(List.of(more));
        audit.record(all.toArray(Record[]::new));
        reason.progress().accept(line);
    }

    private static String cut(String output) {
        if (output.isBlank()) {
            return "";
        }
        int half = LONGEST_OUTPUT / 2;
        return output.length() <= LONGEST_OUTPUT
                ? output
                : output.substring(0, half) + "\n...\n" + output.substring(output.length() - half);
    }
}
