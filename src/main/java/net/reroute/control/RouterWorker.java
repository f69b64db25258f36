package net.reroute.control;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import net.reroute.control.RouterRound.Result;
import net.reroute.core.Address;
import net.reroute.core.Outcome;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.core.Seen;
import net.reroute.redirect.RedirectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of one router. It runs one round after another; no other router waits for it. */
final class RouterWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RouterWorker.class);
    private static final int TRIES = 2;

    private final RouterSpec spec;
    private final RouterSession session;
    private final RoundHost host;
    private final Optional<RouterWatch> watch;
    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final List<RoundRequest> waiting = new ArrayList<>();
    private final AtomicInteger undone = new AtomicInteger();
    private final Thread thread;
    private volatile boolean retired;

    /** @param watch receives the result of each round; empty if the router reports nothing by itself */
    RouterWorker(RouterSpec spec, RouterSession session, RoundHost host, Optional<RouterWatch> watch) {
        this.watch = watch;
        this.spec = spec;
        this.session = session;
        this.host = host;
        this.thread = Thread.ofPlatform().daemon().name("router-" + spec.name()).start(this::loop);
    }

    String name() {
        return spec.name();
    }

    RouterSpec spec() {
        return spec;
    }

    RouterStatus status() {
        return session.status();
    }

    Set<Address> addresses() {
        return session.addresses();
    }

    /** Why the router has not answered yet, as far as known. */
    String whyItWaits() {
        return switch (status().state()) {
            case REACHABLE -> "it has not answered yet";
            case UNKNOWN -> "it is being logged in to";
            case REFUSED, UNREACHABLE -> status().why();
        };
    }

    /** Work that is not done yet. */
    int undone() {
        return undone.get();
    }

    boolean isIdle() {
        return undone.get() == 0;
    }

    void keepWarm() {
        if (queue.isEmpty()) {
            queue.add(session::keepWarm);
        }
    }

    /** Uses the session if nothing else waits for it; else returns false. What fails is found by the next round. */
    boolean whenIdle(RouterSession.Use<Void> use) {
        boolean idle = queue.isEmpty() && isIdle() && status().state() == RouterStatus.Reachability.REACHABLE;
        if (idle) {
            queue.add(() -> session.tryTo(use));
        }
        return idle;
    }

    /** Runs after all waiting work, since a save takes seconds. */
    void save(RouterSpec.Save occasion) {
        undone.incrementAndGet();
        queue.add(() -> {
            try {
                session.save(occasion);
            } finally {
                undone.decrementAndGet();
            }
        });
    }

    /** Queues a round. Rounds that arrive while one runs may be merged into the newest. */
    void submit(RoundRequest round) {
        synchronized (waiting) {
            if (!retired) {
                undone.incrementAndGet();
                waiting.add(round);
                queue.add(this::next);
                return;
            }
        }
        round.done().accept(round.anew(name()));
    }

    private void loop() {
        try {
            while (true) {
                Runnable work = queue.take();
                try {
                    work.run();
                } catch (RuntimeException | Error e) {
                    LOG.error("{}: a round ended with an internal error; the next one goes on", name(), e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void next() {
        List<RoundRequest> taken = new ArrayList<>();
        synchronized (waiting) {
            taken.addAll(waiting);
            waiting.clear();
        }
        for (int i = 0; i < taken.size(); i++) {
            RoundRequest round = taken.get(i);
            if (retired) {
                round.done().accept(round.anew(name()));
                undone.decrementAndGet();
                continue;
            }
            boolean newer = i + 1 < taken.size() && taken.get(i + 1).covers(round);
            if (newer) {
                round.done().accept(round.overtaken(name(), taken.get(i + 1)));
                undone.decrementAndGet();
            } else {
                try {
                    run(round);
                } finally {
                    undone.decrementAndGet();
                }
            }
        }
    }

    private void run(RoundRequest round) {
        List<Result> results;
        try {
            results = round.putBack().isPresent() ? putBack(round) : reconcile(round);
        } catch (RedirectException e) {
            results = round.failed(name(), e.refused() ? Outcome.Kind.REFUSED : Outcome.Kind.UNREACHABLE,
                    e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("{}: a round ended with an internal error; the next one goes on", name(), e);
            results = round.failed(name(), Outcome.Kind.FAILED, "internal error: " + e);
        }
        if (watch.isPresent() && !round.show()) {
            watch.get().looked(RouterWatch.Led.to(results, host.hasMended()));
        }
        round.done().accept(results);
    }

    /** A broken session leaves an unknown state, so this looks again, once. */
    private List<Result> reconcile(RoundRequest round) throws RedirectException {
        RedirectException last = null;
        for (int i = 0; i < TRIES; i++) {
            try {
                RouterRound work = new RouterRound(name(), round.now(), round.show(), host);
                return session.use(redirector -> work.run(redirector, round.decisions()));
            } catch (RedirectException e) {
                last = e;
                if (e.refused()) {
                    break;
                }
            }
        }
        throw last;
    }

    private List<Result> putBack(RoundRequest round) throws RedirectException {
        List<Result> made = round.putBack().get();
        return session.use(redirector -> {
            Map<String, Seen> seen = redirector.look(made.stream().map(r -> r.decision().service()).toList());
            List<Result> ours = made.stream().filter(r -> isStillOurs(r, seen)).toList();
            List<Result> results = new ArrayList<>(made.stream().filter(r -> !ours.contains(r)).map(r -> r.as(
                    Outcome.Kind.LEFT, r.on().text() + "; not put back, somebody has changed the route since"))
                    .toList());
            if (!ours.isEmpty()) {
                results.addAll(RouterRound.putBack(redirector, ours, host).values());
            }
            return results;
        });
    }

    private static boolean isStillOurs(Result made, Map<String, Seen> seen) {
        return made.decision().isAt(seen.get(made.decision().service().name()).servers());
    }

    /** Sets the prefixes that matter on this router. */
    void watchOnly(Collection<Prefix> prefixes) {
        watch.ifPresent(w -> w.watchOnly(prefixes));
    }

    /** As {@link #retire(Runnable)}, with nothing to do afterwards. */
    void retire() {
        retire(() -> {
        });
    }

    /**
     * The inventory no longer has this router. Ends once the round in progress is done.
     *
     * @param afterwards run then
     */
    void retire(Runnable afterwards) {
        synchronized (waiting) {
            retired = true;
            queue.add(() -> {
                close();
                afterwards.run();
            });
        }
    }

    @Override
    public void close() {
        watch.ifPresent(RouterWatch::close);
        thread.interrupt();
        session.close();
    }
}
