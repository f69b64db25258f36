package net.reroute.control;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import net.reroute.control.RouterRound.Result;
import net.reroute.core.Outcome;
import net.reroute.core.Prefix;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.Traits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what one router reports by itself, and requests a look at it when that may concern a service. A refused
 * change is retried soon: a link that has just come up accepts routes only after a moment. Thread-safe.
 */
final class RouterWatch implements AutoCloseable {

    /** What the watch requests. */
    interface Listener {

        /** Reads this one router. {@link RouterWatch#looked} then receives the result. */
        void look(String why);

        /** The router does not report by itself. Called once for each reason. */
        void unwatched(String why);
    }

    /** Events come in bursts; one look serves them all. */
    private static final Duration SETTLE = Duration.ofMillis(50);
    /** Least time between two looks; longer each time that a look had to repair something again. */
    private static final Duration SHORTEST_REST = Duration.ofMillis(300);
    /** A conflict with a program that undoes reroute's changes costs no more looks than without a monitor. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(30);
    private static final Duration PEACE = Duration.ofMinutes(2);
    /** So many repairs may still be a bad day, and no conflict. */
    private static final int MENDED_AT_ONCE = 20;
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LAST_RETRY = Duration.ofSeconds(15);
    /** A single command has ended by then. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Logger LOG = LoggerFactory.getLogger(RouterWatch.class);

    private final String name;
    private Collection<Prefix> prefixes;
    private final InstantSource clock;
    private final BiConsumer<Duration, Runnable> later;
    private final Listener host;
    private Optional<Traits.Watch> watch = Optional.empty();
    private boolean asked;
    private Instant lastLook = Instant.EPOCH;
    private Instant lastMended = Instant.EPOCH;
    private Duration rest = SHORTEST_REST;
    private int mended;
    private Duration retry = FIRST_RETRY;
    private Duration pause = SHORTEST_PAUSE;
    private String complaint = "";
    private String last = "";
    private boolean begun;
    private boolean closed;

    RouterWatch(String name, Collection<Prefix> prefixes, Parts parts, Listener host) {
        this.name = name;
        this.prefixes = prefixes;
        this.clock = parts.clock();
        this.later = parts.later();
        this.host = host;
    }

    /** True while the router reports changes at once. */
    synchronized boolean isOpen() {
        return begun && watch.isPresent() && watch.get().isOpen();
    }

    /** Sets the prefixes that matter. If they changed, the watch ends and is opened again for them. */
    synchronized void watchOnly(Collection<Prefix> wanted) {
        if (!Set.copyOf(wanted).equals(Set.copyOf(prefixes))) {
            prefixes = wanted;
            watch.ifPresent(Traits.Watch::close);
        }
    }

    /**
     * A session was opened. The watch starts a little later: the session was opened for other work, and may not last.
     */
    void follow(Traits of) {
        of.monitoring().ifPresent(t -> later.accept(PATIENCE, () -> open(new ChangeSource(t, of.session()))));
    }

    /** A redirector that can report, and its session. */
    private record ChangeSource(Traits.Monitoring telling, Optional<Traits.Session> session) {

        boolean isOpen() {
            return session.map(Traits.Session::isOpen).orElse(true);
        }
    }

    private void open(ChangeSource source) {
        if (!source.isOpen()) {
            return;
        }
        try {
            Collection<Prefix> wanted;
            synchronized (this) {
                begun = false;
                last = "";
                wanted = prefixes;
            }
            Traits.Watch opened = source.telling().watch(wanted, line -> heard(source, line));
            synchronized (this) {
                watch = Optional.of(opened);
                if (closed || wanted != prefixes) {
                    opened.close();
                }
            }
        } catch (RedirectException e) {
            if (isNews(e.getMessage()) && source.isOpen()) {
                host.unwatched(e.getMessage());
            }
        }
    }

    private synchronized boolean isNews(String why) {
        boolean news = !closed && !why.equals(complaint);
        complaint = why;
        return news;
    }

    private void heard(ChangeSource source, String line) {
        LOG.debug("{} tells: {}", name, line);
        if (line.isEmpty()) {
            ended(source);
        } else if (tells(line)) {
            ask(SETTLE, "it tells of a change");
        }
    }

    private synchronized boolean tells(String line) {
        if (line.equals(Traits.Watch.BEGINS)) {
            begun = true;
            pause = SHORTEST_PAUSE;
            complaint = "";
        }
        last = line;
        retry = FIRST_RETRY;
        return begun;
    }

    /** Opens the watch again while its session lives. The look at its beginning sees what happened meanwhile. */
    private void ended(ChangeSource source) {
        String why = "its monitor ended at once: " + (last.isEmpty() ? "it says nothing" : last);
        if (!begun && source.isOpen() && isNews(why)) {
            host.unwatched(why);
        }
        synchronized (this) {
            begun = false;
            if (!closed && source.isOpen()) {
                later.accept(pause, () -> open(source));
                Duration doubled = pause.multipliedBy(2);
                pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
            }
        }
    }

    private synchronized void ask(Duration after, String why) {
        if (asked || closed) {
            return;
        }
        asked = true;
        if (lastMended.plus(PEACE).isBefore(clock.instant())) {
            rest = SHORTEST_REST;
            mended = 0;
        }
        Duration left = Duration.between(clock.instant(), lastLook.plus(rest));
        later.accept(left.compareTo(after) > 0 ? left : after, () -> look(why));
    }

    private void look(String why) {
        synchronized (this) {
            if (closed) {
                return;
            }
            asked = false;
            lastLook = clock.instant();
        }
        host.look(why);
    }

    /** The result of a look. NOTHING: all was as decided. MENDED: something was repaired. REFUSED: a repair failed. */
    enum Led {
        NOTHING, MENDED, REFUSED;

        /** Ignores moves, which have retries of their own. Only alignments with earlier decisions depend on the watch. */
        static Led to(List<Result> results, boolean mended) {
            List<Outcome.Kind> kinds = results.stream().filter(r -> !r.decision().isMove() && r.shift().isPresent())
                    .map(r -> r.on().kind()).toList();
            if (kinds.contains(Outcome.Kind.REFUSED) || kinds.contains(Outcome.Kind.FAILED)) {
                return REFUSED;
            }
            return mended || kinds.contains(Outcome.Kind.MOVED) ? MENDED : NOTHING;
        }
    }

    synchronized void looked(Led to) {
        lastLook = clock.instant();
        if (to == Led.REFUSED) {
            again();
        } else {
            retry = FIRST_RETRY;
        }
        if (to == Led.MENDED) {
            lastMended = clock.instant();
            mended++;
        }
        if (to == Led.MENDED && mended > MENDED_AT_ONCE) {
            rest = rest.multipliedBy(2).compareTo(LONGEST_REST) < 0 ? rest.multipliedBy(2) : LONGEST_REST;
        }
    }

    private void again() {
        if (isOpen() && retry.compareTo(LAST_RETRY) < 0) {
            Duration now = retry;
            retry = retry.multipliedBy(2);
            ask(now, "what it did not take is tried again");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        watch.ifPresent(Traits.Watch::close);
    }
}
