package net.reroute.playbook;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import net.reroute.control.RefreshScope;
import net.reroute.core.Event;
import net.reroute.core.Playbook.When;
import net.reroute.core.Snapshot.Cause;

/** The runs in progress, each on a thread; at most one per playbook and subject. Safe for many threads. */
final class RunningPlaybooks implements AutoCloseable {

    /** Stands before a playbook's name in messages. */
    static final String PLAYBOOK = "playbook ";
    private static final Duration GOODBYE = Duration.ofMillis(300);
    private static final Duration LOOK = Duration.ofMillis(5);
    private static final int AT_ONCE = 64;

    private final PlaybookContext context;
    private final PlaybookRun.Performer actor;
    private final Semaphore room = new Semaphore(AT_ONCE, true);
    private final Map<String, PlaybookRun> running = new ConcurrentHashMap<>();
    private final Map<PlaybookRun, Thread> threads = new ConcurrentHashMap<>();

    RunningPlaybooks(PlaybookContext context, PlaybookRun.Performer actor) {
        this.context = context;
        this.actor = actor;
    }

    /**
     * Starts a run on a thread of its own, and returns at once. Returns false if the playbook runs already for the same
     * subject.
     *
     * @param over receives the run after its end
     */
    boolean start(PlaybookRun run, Consumer<PlaybookRun> over) {
        if (!claim(run)) {
            return false;
        }
        if (delays(run)) {
            Thread.ofPlatform().daemon().name("overdue").start(() -> wake(run));
        }
        Thread thread = Thread.ofPlatform().daemon().name("play-" + run.playbook.name()).unstarted(() -> {
            try {
                runInTurn(run, over);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // reroute is stopping
            } finally {
                ended(run);
            }
        });
        threads.put(run, thread);
        thread.start();
        return true;
    }

    private void runInTurn(PlaybookRun run, Consumer<PlaybookRun> over) throws InterruptedException {
        room.acquire();
        try {
            run.run(actor);
            over.accept(run);
        } finally {
            room.release();
        }
    }

    /** Runs to the end on this thread. Returns false if the playbook runs already for the same subject. */
    boolean runHere(PlaybookRun run) {
        if (!claim(run)) {
            return false;
        }
        threads.put(run, Thread.currentThread());
        try {
            run.run(actor);
            return true;
        } finally {
            ended(run);
        }
    }

    /**
     * Runs to the end on this thread, whatever else is running: the run is part of another run, or asks for objections.
     */
    PlaybookRun.Ended runBeside(PlaybookRun run) {
        threads.put(run, Thread.currentThread());
        try {
            run.run(actor);
        } finally {
            threads.remove(run);
        }
        return run.ended.join();
    }

    private boolean claim(PlaybookRun run) {
        return running.putIfAbsent(key(run), run) == null;
    }

    private static String key(PlaybookRun run) {
        return run.playbook.name() + "/" + run.subject();
    }

    /** Starts a cycle when a run should have ended: moves do not wait for it any longer. */
    private void wake(PlaybookRun run) {
        if (Sleeps.of(run.longest().plusMillis(1))) {
            cycle(run, "should have ended");
        }
    }

    private void ended(PlaybookRun run) {
        running.remove(key(run), run);
        threads.remove(run);
        if (delays(run)) {
            cycle(run, "ended");
        }
    }

    private void cycle(PlaybookRun run, String what) {
        context.controller().cycle(Cause.of(PLAYBOOK + run.playbook.name() + " " + what),
                RefreshScope.NONE);
    }

    /** A run that a move off these servers has to wait for; empty if there is none. */
    Optional<PlaybookRun> delaying(List<String> servers) {
        return running.values().stream().filter(RunningPlaybooks::delays).filter(p -> !p.isOverdue())
                .filter(p -> servers.contains(p.server())).findFirst();
    }

    private static boolean delays(PlaybookRun run) {
        return run.playbook.when().orElse(null) instanceof When.On on && on.beforeMove()
                && on.kind() != Event.Kind.BEFORE_MOVE;
    }

    /** All runs, in words. */
    List<String> all() {
        return running.values().stream().map(PlaybookRun::toString).sorted().toList();
    }

    /** Interrupts the runs of a playbook. Returns their number. */
    int stop(String playbook) {
        List<PlaybookRun> ending = threads.keySet().stream().filter(p -> p.playbook.name().equals(playbook)).toList();
        ending.forEach(p -> Optional.ofNullable(threads.get(p)).ifPresent(Thread::interrupt));
        return ending.size();
    }

    /** Interrupts all runs: their steps end, and their commands are killed. */
    void stop() {
        threads.values().forEach(Thread::interrupt);
    }

    @Override
    public void close() {
        stop();
        long until = System.nanoTime() + GOODBYE.toNanos();
        while (!running.isEmpty() && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(LOOK.toNanos()); // each run still records where it was
        }
    }
}
