package net.reroute.playbook;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Actor;
import net.reroute.core.Durations;
import net.reroute.core.Event;
import net.reroute.core.Facts.NoteKept;
import net.reroute.core.Facts.Shelf;
import net.reroute.core.Playbook;
import net.reroute.core.Playbook.When;
import net.reroute.core.ProgramRemarks.Phase;
import net.reroute.core.ProgramRemarks.Played;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts playbooks without a request by an admin: at events, and on schedule. */
final class AutomaticStarts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");

    private final PlaybookContext context;
    private final RunFactory runs;
    private final RunningPlaybooks running;
    private final StartLimit limit = new StartLimit();
    private volatile boolean closed;

    AutomaticStarts(PlaybookContext context, RunFactory runs, RunningPlaybooks running) {
        this.context = context;
        this.runs = runs;
        this.running = running;
    }

    /** Starts the playbooks that are bound to an event. Returns at once. */
    void happened(Event event) {
        for (Playbook playbook : runs.playbooks()) {
            for (Event each : event.ofEachServer()) {
                if (!isBound(playbook, each)) {
                    continue;
                }
                Placeholders facts = Placeholders.of(each);
                if (held(playbook, facts).isEmpty() && !isRestless(playbook.name(), facts.subject())) {
                    unasked(playbook, facts, event.kind().word());
                }
            }
        }
    }

    /** Starts a playbook whose scheduled time has come. Returns at once. */
    void due(String playbook) {
        Instant now = Instant.now();
        context.controller().audit().record(new NoteKept(Shelf.JOB, playbook, now.toString()));
        Placeholders facts = new Placeholders(Map.of("event", "schedule", "time", now.toString()));
        runs.find(playbook).filter(p -> held(p, facts).isEmpty()).ifPresent(p -> unasked(p, facts, "its schedule"));
    }

    /**
     * Reports a start that was missed while no daemon ran.
     *
     * @param madeUpFor true if the playbook should start now instead
     */
    void missed(Playbook playbook, Instant when, boolean madeUpFor) {
        Optional<String> held = madeUpFor ? held(playbook, new Placeholders(Map.of())) : Optional.empty();
        say(playbook.name(), "the start of " + when + " was missed while nobody ran; "
                + (madeUpFor && held.isEmpty() ? "it is made up for now" : "it is not made up for")
                + held.map(h -> ": " + h).orElse(""), false);
        if (madeUpFor && held.isEmpty()) {
            due(playbook.name());
        }
    }

    private static boolean isBound(Playbook playbook, Event event) {
        return playbook.enabled() && playbook.when().orElse(null) instanceof When.On on && on.kind() == event.kind()
                && event.kind() != Event.Kind.BEFORE_MOVE && event.matches(on.filter());
    }

    private void unasked(Playbook playbook, Placeholders facts, String why) {
        if (!running.start(runs.automatic(playbook, facts, why), this::tellIfBad)) {
            LOG.info("play {} for {} is not started: it is under way", playbook.name(), facts.subject());
        }
    }

    /** Why no playbook starts automatically; empty if it may. */
    private Optional<String> held(Playbook playbook, Placeholders facts) {
        Optional<String> held = held();
        held.ifPresent(why -> LOG.info("play {} for {} is not started: {}", playbook.name(), facts.subject(), why));
        return held;
    }

    private Optional<String> held() {
        if (closed) {
            return Optional.of("reroute ends");
        }
        return context.controller().acts()
                ? context.controller().intents().pause().map(p -> "paused " + p.by())
                : Optional.of("mode is observe");
    }

    private boolean isRestless(String playbook, String subject) {
        int count = limit.count(playbook + "/" + subject);
        if (count == StartLimit.MOST + 1) {
            String text = RunningPlaybooks.PLAYBOOK + playbook + (subject.isEmpty() ? "" : " for " + subject)
                    + " was started "
                    + StartLimit.MOST + " times in " + Durations.text(StartLimit.WITHIN)
                    + "; it may be its own cause, and is not started until that is over";
            say(playbook, text, true);
            context.controller().audit().tell(Event.Kind.TROUBLE, Map.of("text", text));
        }
        return count > StartLimit.MOST;
    }

    /** An automatic playbook that fails raises {@code trouble}. */
    private void tellIfBad(PlaybookRun play) {
        PlaybookRun.Ended ended = play.ended.join();
        // A recheck that fails is no failure of the playbook: the failed check has alerts of its own.
        boolean unmended = play.playbook.steps().get(play.at()).action() instanceof Playbook.Action.Recheck;
        if (ended.kind() == StepResult.Status.BAD && !closed && !unmended) {
            context.controller().audit().tell(Event.Kind.TROUBLE, Map.of("text", "playbook " + play.playbook.name()
                    + (play.subject().isEmpty() ? "" : " for " + play.subject()) + " stopped: " + ended.text()));
        }
    }

    private void say(String playbook, String text, boolean warn) {
        context.controller().audit().record(new Played(new Actor.Program(), playbook, Phase.NOT_BEGUN, text, "", warn));
    }

    /** Prevents all further starts. */
    @Override
    public void close() {
        closed = true;
    }
}
