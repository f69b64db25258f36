package net.reroute.control;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import net.reroute.control.RouterRound.Result;
import net.reroute.core.Address;
import net.reroute.core.Decision;
import net.reroute.core.Outcome;
import net.reroute.core.Outcome.OnRouter;
import net.reroute.core.Prefix;
import net.reroute.core.RouterSpec;
import net.reroute.core.Seen;
import net.reroute.core.Snapshot;
import net.reroute.redirect.RedirectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One router's own thread: rounds are done one after another, and no other router waits for them. */
final class RouterWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RouterWorker.class);
    private static final int TRIES = 2;

    /**
     * Work for one router.
     *
     * @param now what the decisions were made from
     * @param decisions for services this router carries
     * @param putBack changes to make without looking first; then {@code decisions} only names what they belong to
     * @param show tell the lines, type nothing
     * @param byHand somebody waits: not to be skipped in favour of a newer round
     * @param done told the results, on the worker's thread
     */
    record Round(Snapshot now, List<Decision> decisions, Optional<List<Result>> putBack, boolean show, boolean byHand,
            Consumer<List<Result>> done) {}

    private final RouterSpec spec;
    private final RouterSession session;
    private final RouterRound.Host host;
    private final Optional<RouterWatch> watch;
    private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final List<Round> waiting = new ArrayList<>();
    private final AtomicInteger undone = new AtomicInteger();
    private final Thread thread;
    private volatile boolean retired;

    /** @param watch told what came of each round; empty if the router tells nothing by itself */
    RouterWorker(RouterSpec spec, RouterSession session, RouterRound.Host host, Optional<RouterWatch> watch) {
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

    /** Why it has not answered yet, as far as that is known. */
    String whyItWaits() {
        return switch (status().state()) {
            case REACHABLE -> "it has not answered yet";
            case UNKNOWN -> "it is being logged in to";
            case REFUSED, UNREACHABLE -> status().why();
        };
    }

    boolean isIdle() {
        return undone.get() == 0;
    }

    void keepWarm() {
        if (queue.isEmpty()) {
            queue.add(session::keepWarm);
        }
    }

    /** Behind all that waits: a save takes seconds. */
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

    /** Whether its table costs next to nothing to read. */
    boolean isCheapToRead() {
        return spec.cli().isEmpty();
    }

    /** Causes that arrive while a round is under way become one more round. */
    void submit(Round round) {
        synchronized (waiting) {
            if (!retired) {
                undone.incrementAndGet();
                waiting.add(round);
                queue.add(this::next);
                return;
            }
        }
        round.done().accept(anew(round));
    }

    private void loop() {
        try {
            while (true) {
                Runnable work = queue.take();
                try {
                    work.run();
                } catch (RuntimeException | Error e) {
                    LOG.error("{}: a round ended with a mistake of the program; the next one goes on", name(), e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void next() {
        List<Round> taken = new ArrayList<>();
        synchronized (waiting) {
            taken.addAll(waiting);
            waiting.clear();
        }
        for (int i = 0; i < taken.size(); i++) {
            Round round = taken.get(i);
            if (retired) {
                round.done().accept(anew(round));
                undone.decrementAndGet();
                continue;
            }
            boolean newer = i + 1 < taken.size() && !round.byHand() && covers(taken.get(i + 1), round);
            if (newer) {
                round.done().accept(overtaken(round, taken.get(i + 1)));
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

    private static boolean covers(Round newer, Round older) {
        Set<String> services = newer.decisions().stream().map(d -> d.service().name()).collect(Collectors.toSet());
        return !newer.byHand() && older.decisions().stream().allMatch(d -> services.contains(d.service().name()));
    }

    private List<Result> anew(Round round) {
        return failed(round, Outcome.Kind.OVERTAKEN, "the inventory has this router otherwise now; decided anew");
    }

    /** The next round knows better; whoever waits for what is not in it is told so. */
    private List<Result> overtaken(Round round, Round by) {
        Map<String, List<String>> next = new HashMap<>();
        by.decisions().forEach(d -> next.put(d.service().name(), d.to()));
        OnRouter on = new OnRouter(name(), Outcome.Kind.OVERTAKEN, "overtaken by a newer decision ("
                + by.now().cause().text() + ")", List.of());
        return round.decisions().stream().filter(d -> !d.to().equals(next.get(d.service().name())))
                .map(d -> Result.unseen(d, on)).toList();
    }

    private void run(Round round) {
        List<Result> results;
        try {
            results = round.putBack().isPresent() ? putBack(round) : reconcile(round);
        } catch (RedirectException e) {
            results = failed(round, e.refused() ? Outcome.Kind.REFUSED : Outcome.Kind.UNREACHABLE, e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("{}: a round ended with a mistake of the program; the next one goes on", name(), e);
            results = failed(round, Outcome.Kind.FAILED, "a mistake of the program: " + e);
        }
        if (watch.isPresent() && !round.show()) {
            watch.get().looked(ledTo(results));
        }
        round.done().accept(results);
    }

    /** Moves have repetitions of their own; who is only brought to what was decided before has none. */
    private static RouterWatch.Led ledTo(List<Result> results) {
        List<Outcome.Kind> kinds = results.stream().filter(r -> !r.decision().isMove() && r.shift().isPresent())
                .map(r -> r.on().kind()).toList();
        if (kinds.contains(Outcome.Kind.REFUSED) || kinds.contains(Outcome.Kind.FAILED)) {
            return RouterWatch.Led.REFUSED;
        }
        return kinds.contains(Outcome.Kind.MOVED) ? RouterWatch.Led.MENDED : RouterWatch.Led.NOTHING;
    }

    private List<Result> failed(Round round, Outcome.Kind kind, String text) {
        OnRouter on = new OnRouter(name(), kind, text, List.of());
        return round.decisions().stream().map(d -> Result.unseen(d, on))
                .toList();
    }

    /** A session that breaks in the middle leaves an unknown state: look anew, once. */
    private List<Result> reconcile(Round round) throws RedirectException {
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

    private List<Result> putBack(Round round) throws RedirectException {
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

    /** The prefixes that matter on it are these from now on. */
    void watchOnly(Collection<Prefix> prefixes) {
        watch.ifPresent(w -> w.watchOnly(prefixes));
    }

    /** The inventory has it no more: ends when the round under way is done. */
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
