package net.reroute.playbook;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import net.reroute.control.RefreshScope;
import net.reroute.core.Actor;
import net.reroute.core.Attribution;
import net.reroute.core.Decision;
import net.reroute.core.Durations;
import net.reroute.core.Event;
import net.reroute.core.Facts.NoteKept;
import net.reroute.core.Facts.NotesDropped;
import net.reroute.core.Facts.Shelf;
import net.reroute.core.MoveApproval;
import net.reroute.core.Playbook;
import net.reroute.core.Playbook.When;
import net.reroute.core.ProgramRemarks.Phase;
import net.reroute.core.ProgramRemarks.Played;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.Snapshot.Cause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts playbooks: when something happens, when their time has come, by hand. One for a subject is never under way twice,
 * and what starts again and again is held: it is probably its own cause.
 */
public final class PlaybookRunner implements MoveApproval, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");
    static final String PLAYBOOK = "playbook ";
    private static final Duration GOODBYE = Duration.ofMillis(300);
    private static final Duration LOOK = Duration.ofMillis(5);
    private static final int AT_ONCE = 64;

    private final PlaybookContext site;
    private final StepExecutor acts;
    private final PlaybookVetoes vetoes;
    private final Standby standby;
    private final Semaphore room = new Semaphore(AT_ONCE, true);
    private final Map<String, PlaybookRun> running = new ConcurrentHashMap<>();
    private final StartLimit limit = new StartLimit();
    private final Map<PlaybookRun, Thread> threads = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public PlaybookRunner(PlaybookContext site) {
        this.site = site;
        this.acts = new StepExecutor(site, this::nested);
        this.vetoes = new PlaybookVetoes(this, site);
        this.standby = new Standby(site);
    }

    // ---- what happens --------------------------------------------------------------------------------------------

    /** Starts what is bound to an event; returns at once. */
    public void happened(Event event) {
        for (Playbook playbook : playbooks()) {
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

    /** Logs in at the servers where a command must not have to wait for that; returns at once. */
    public void standBy() {
        standby.logIn();
    }

    /** The time of a playbook has come; returns at once. */
    public void due(String playbook) {
        Instant now = Instant.now();
        site.controller().recorder().record(new NoteKept(Shelf.JOB, playbook, now.toString()));
        Placeholders facts = new Placeholders(Map.of("event", "schedule", "time", now.toString()));
        find(playbook).filter(p -> held(p, facts).isEmpty()).ifPresent(p -> unasked(p, facts, "its schedule"));
    }

    /** A start was missed while nobody ran. */
    public void missed(Playbook playbook, Instant when, boolean madeUpFor) {
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
        PlaybookRun play = play(playbook, facts,
                new PlaybookRun.Reason(new Attribution(new Actor.Playbook(playbook.name()), why, Instant.now()),
                        line -> {
                        }));
        if (running.putIfAbsent(key(play), play) == null) {
            start(play);
        } else {
            LOG.info("play {} for {} is not started: it is under way", playbook.name(), facts.subject());
        }
    }

    /** Why nothing starts that nobody asked for. */
    private Optional<String> held(Playbook playbook, Placeholders facts) {
        Optional<String> held = held();
        held.ifPresent(why -> LOG.info("play {} for {} is not started: {}", playbook.name(), facts.subject(), why));
        return held;
    }

    private Optional<String> held() {
        if (closed) {
            return Optional.of("reroute ends");
        }
        return site.controller().acts()
                ? site.controller().wishes().pause().map(p -> "paused " + p.by())
                : Optional.of("mode is observe");
    }

    private boolean isRestless(String playbook, String subject) {
        int count = limit.count(playbook + "/" + subject);
        if (count == StartLimit.MOST + 1) {
            String text = PLAYBOOK + playbook + (subject.isEmpty() ? "" : " for " + subject) + " was started "
                    + StartLimit.MOST + " times in " + Durations.text(StartLimit.WITHIN)
                    + "; it may be its own cause, and is not started until that is over";
            say(playbook, text, true);
            site.controller().recorder().tell(Event.Kind.TROUBLE, Map.of("text", text));
        }
        return count > StartLimit.MOST;
    }

    private void start(PlaybookRun play) {
        if (delays(play)) {
            Thread.ofPlatform().daemon().name("overdue").start(() -> wake(play));
        }
        Thread thread = Thread.ofPlatform().daemon().name("play-" + play.playbook.name()).unstarted(() -> {
            try {
                room.acquire();
                try {
                    play.run(acts);
                    tellIfBad(play);
                } finally {
                    room.release();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // reroute ends
            } finally {
                ended(play);
            }
        });
        threads.put(play, thread);
        thread.start();
    }

    /** Nobody waits for a play that should have ended. */
    private void wake(PlaybookRun play) {
        if (Sleeps.of(play.longest().plusMillis(1))) {
            site.controller().cycle(Cause.of(PLAYBOOK + play.playbook.name() + " should have ended"),
                    RefreshScope.NONE);
        }
    }

    private void ended(PlaybookRun play) {
        running.remove(key(play), play);
        threads.remove(play);
        if (delays(play)) {
            site.controller().cycle(Cause.of("playbook " + play.playbook.name() + " ended"), RefreshScope.NONE);
        }
    }

    /** Who was not asked has to say so when it did not end well. */
    private void tellIfBad(PlaybookRun play) {
        PlaybookRun.Ended ended = play.ended.join();
        // A recheck that fails is no failure of the playbook: what it could not mend is told by others.
        boolean unmended = play.playbook.steps().get(play.at()).action() instanceof Playbook.Action.Recheck;
        if (ended.kind() == StepResult.Kind.BAD && !closed && !unmended) {
            site.controller().recorder().tell(Event.Kind.TROUBLE, Map.of("text", "playbook " + play.playbook.name()
                    + (play.subject().isEmpty() ? "" : " for " + play.subject()) + " stopped: " + ended.text()));
        }
    }

    // ---- by hand -------------------------------------------------------------------------------------------------

    /**
     * Plays one by hand and waits for its end.
     *
     * @param facts by name, as far as they are known
     * @param progress told each line as it comes
     * @return true if it ended well
     * @throws RequestRefusedException if it is under way already
     */
    public boolean byHand(Playbook playbook, Map<String, String> facts, Attribution by, Consumer<String> progress)
            throws RequestRefusedException {
        return here(playbook, facts,
                new Attribution(by.actor() instanceof Actor.Human human
                        ? new Actor.Human(human.login(), playbook.name())
                        : by.actor(), PLAYBOOK + playbook.name() + (by.why().isEmpty() ? "" : ", " + by.why()),
                        by.at()),
                progress).ended.join().kind() == StepResult.Kind.GOOD;
    }

    /** Plays one in this thread. */
    private PlaybookRun here(Playbook playbook, Map<String, String> facts, Attribution by, Consumer<String> progress)
            throws RequestRefusedException {
        PlaybookRun play = play(playbook,
                new Placeholders(facts).with("event", "by hand").with("time", by.at().toString()),
                new PlaybookRun.Reason(by, progress));
        if (running.putIfAbsent(key(play), play) != null) {
            throw new RequestRefusedException(
                    play + " is under way already; nothing was started. 'reroute play " + playbook.name()
                            + " --stop' ends it");
        }
        threads.put(play, Thread.currentThread());
        try {
            play.run(acts);
            return play;
        } finally {
            ended(play);
        }
    }

    /**
     * Holds a drill by hand, and waits for its end.
     *
     * @return its report
     * @throws RequestRefusedException if it was not held, and why
     */
    public DrillBook.Page drill(String server, boolean shadow, Attribution by)
            throws RequestRefusedException, IOException {
        Playbook.Step step = new Playbook.Step(new Playbook.Action.Drill(server, shadow, Optional.empty()),
                Duration.ofMinutes(2), 1, false);
        Instant began = Instant.now();
        Playbook playbook = new Playbook("drill", true, Optional.empty(), List.of(step));
        PlaybookRun play = here(playbook, Map.of("server", server), by, line -> {
        });
        return new DrillBook(site.drills()).last(server).filter(p -> !p.at().isBefore(began))
                .orElseThrow(() -> new RequestRefusedException("no drill was held: " + play.last()));
    }

    /** What each step would do, a line each. */
    public List<String> dryRun(Playbook playbook, Map<String, String> facts) {
        return new Preview(playbooks(), new Placeholders(facts)).lines(playbook);
    }

    /** Ends those of a name that are under way; returns how many that were. */
    public int stop(String playbook) {
        List<PlaybookRun> ending = running.values().stream().filter(p -> p.playbook.name().equals(playbook)).toList();
        ending.forEach(p -> Optional.ofNullable(threads.get(p)).ifPresent(Thread::interrupt));
        return ending.size();
    }

    /** What is under way, in words. */
    public List<String> underWay() {
        return running.values().stream().map(PlaybookRun::toString).sorted().toList();
    }

    private PlaybookRun.Ended nested(String name, Placeholders facts, Attribution by) {
        Playbook playbook = find(name)
                .orElseThrow(() -> new IllegalArgumentException("no playbook '" + name + "'"));
        PlaybookRun play = play(playbook, facts, new PlaybookRun.Reason(by, line -> {
        }));
        play.run(acts);
        return play.ended.join();
    }

    // ---- moves that wait -----------------------------------------------------------------------------------------

    @Override
    public Answer ask(Decision decision) {
        return vetoes.ask(decision);
    }

    @Override
    public List<Answer> await(List<Decision> decisions) {
        return vetoes.await(decisions);
    }

    /** Playbooks under way that a move off these servers has to wait for. */
    Optional<PlaybookRun> delaying(List<String> servers) {
        return running.values().stream().filter(PlaybookRunner::delays).filter(p -> !p.isOverdue())
                .filter(p -> servers.contains(p.server())).findFirst();
    }

    private static boolean delays(PlaybookRun play) {
        return play.playbook.when().orElse(null) instanceof When.On on && on.beforeMove()
                && on.kind() != Event.Kind.BEFORE_MOVE;
    }

    /** Plays one that may object. */
    PlaybookRun.Ended objection(Playbook playbook, Placeholders facts) {
        PlaybookRun play = play(playbook, facts,
                new PlaybookRun.Reason(
                        new Attribution(new Actor.Playbook(playbook.name()), "before-move", Instant.now()), line -> {
                        }));
        play.run(acts);
        return play.ended.join();
    }

    // ---- what there is -------------------------------------------------------------------------------------------

    List<Playbook> playbooks() {
        return new ArrayList<>(site.controller().inventory().response().playbooks().values());
    }

    private Optional<Playbook> find(String name) {
        return Optional.ofNullable(site.controller().inventory().response().playbooks().get(name));
    }

    private PlaybookRun play(Playbook playbook, Placeholders facts, PlaybookRun.Reason reason) {
        String address = Optional.ofNullable(site.controller().inventory().servers().get(facts.get("server")))
                .map(s -> s.address().toString()).orElse("");
        return new PlaybookRun(playbook, address.isEmpty() ? facts : facts.with("address", address), reason,
                site.controller().recorder());
    }

    private static String key(PlaybookRun play) {
        return play.playbook.name() + "/" + play.subject();
    }

    private void say(String playbook, String text, boolean warn) {
        site.controller().recorder().record(new Played(new Actor.Program(), playbook, Phase.NOT_BEGUN, text, "", warn));
    }

    /** Tells of playbooks that the end of the last process cut off. */
    public void cutOff(Map<String, String> kept) {
        kept.forEach((id, row) -> {
            String playbook = PlaybookRun.playbook(row);
            String text = PlaybookRun.cutOff(row);
            site.controller().recorder().record(
                    new Played(new Actor.Program(), playbook, Phase.CUT_OFF, text, "", true),
                    new NotesDropped(Shelf.PLAY, List.of(id)));
            site.controller().recorder().tell(Event.Kind.TROUBLE, Map.of("text", "playbook " + playbook + " " + text));
        });
    }

    /** Ends what is under way: steps are interrupted, commands ended. */
    public void stop() {
        threads.values().forEach(Thread::interrupt);
    }

    @Override
    public void close() {
        closed = true;
        stop();
        long until = System.nanoTime() + GOODBYE.toNanos();
        while (!running.isEmpty() && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(LOOK.toNanos()); // what each was at is still to be written down
        }
    }
}
