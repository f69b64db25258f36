package net.reroute.control;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import net.reroute.core.Address;
import net.reroute.core.RouterSpec;
import net.reroute.core.RouterSpec.Save;
import net.reroute.core.RouterSpec.SessionKeeping;
import net.reroute.redirect.RedirectException;
import net.reroute.redirect.Redirector;
import net.reroute.redirect.RedirectorFactory;
import net.reroute.redirect.Traits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session on one router, usually kept open. Also keeps whether the router can be reached, so that status can show
 * it before it matters. Thread-safe; {@link #close} ends a use that is in progress.
 */
final class RouterSession implements AutoCloseable {

    static final Duration LOGIN = Duration.ofSeconds(5);
    private static final Duration SHORTEST_BACK_OFF = Duration.ofSeconds(5);
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);

    /** Work within a session. */
    interface Use<T> {
        T with(Redirector redirector) throws RedirectException;
    }

    /** Receives changes of the router's status, and other news of the session. */
    interface Listener {
        void changed(RouterSpec spec, RouterStatus before, RouterStatus now);

        void notSaved(RouterSpec spec, String why);

        /** A ping showed something that a look would report. */
        void noticed(RouterSpec spec);

        /** A session that stays open was opened. */
        void opened(RouterSpec spec, Redirector redirector);
    }

    private static final Logger LOG = LoggerFactory.getLogger(RouterSession.class);

    private final RouterSpec spec;
    private final InstantSource clock;
    private final RedirectorFactory factory;
    private final Listener listener;
    private Redirector redirector;
    private Instant nextTry = Instant.MIN;
    private Duration backOff = SHORTEST_BACK_OFF;
    private volatile RouterStatus status;
    private volatile Set<Address> addresses = Set.of();
    private boolean unsaved;
    private volatile boolean closed;

    RouterSession(RouterSpec spec, InstantSource clock, RedirectorFactory factory, Listener listener) {
        this.spec = spec;
        this.clock = clock;
        this.factory = factory;
        this.listener = listener;
        this.status = new RouterStatus(RouterStatus.Reachability.UNKNOWN, clock.instant(), clock.instant(),
                "no answer yet", Optional.empty());
    }

    RouterStatus status() {
        return status;
    }

    /** The router's own addresses, as it last reported them. */
    Set<Address> addresses() {
        return addresses;
    }

    /** Uses the session, and opens it if necessary. Closes it after any failure, since its state is then unknown. */
    synchronized <T> T use(Use<T> use) throws RedirectException {
        try {
            if (!isOpen()) {
                close(redirector);
                redirector = factory.open(spec, LOGIN);
                addresses = redirector.traits().addresses();
                if (spec.session() == SessionKeeping.WARM) {
                    listener.opened(spec, redirector);
                }
            }
            T result = use.with(redirector);
            unsaved |= isUnsaved();
            become(RouterStatus.Reachability.REACHABLE, "");
            backOff = SHORTEST_BACK_OFF;
            if (spec.session() == SessionKeeping.PER_MOVE) {
                close(redirector);
            }
            return result;
        } catch (RedirectException e) {
            unsaved |= redirector != null && isUnsaved();
            close(redirector);
            redirector = null;
            // One that does not answer is tried at every interval; one that refuses might lock the account.
            nextTry = clock.instant().plus(e.refused() ? backOff : SHORTEST_BACK_OFF);
            become(e.refused() ? RouterStatus.Reachability.REFUSED : RouterStatus.Reachability.UNREACHABLE,
                    e.getMessage());
            throw e;
        } catch (RuntimeException | Error e) {
            close(redirector); // its state is unknown
            redirector = null;
            throw e;
        }
    }

    /** Uses the session; the router's status tells of a failure. */
    void tryTo(Use<Void> use) {
        try {
            use(use);
        } catch (RedirectException e) {
            LOG.debug("{}: {}", spec.name(), e.getMessage());
        }
    }

    private boolean isOpen() {
        return redirector != null && redirector.traits().session().map(Traits.Session::isOpen).orElse(true);
    }

    private boolean isUnsaved() {
        return redirector.traits().saving().map(Traits.Saving::unsaved).orElse(false);
    }

    /** Pings, or tries to log in again. After a refused login it waits longer each time, to avoid a lockout. */
    synchronized void keepWarm() {
        boolean wait = status.state() == RouterStatus.Reachability.REFUSED && clock.instant().isBefore(nextTry);
        boolean rests = spec.session() == SessionKeeping.PER_MOVE
                && status.state() == RouterStatus.Reachability.REACHABLE;
        if (wait || rests || closed) {
            return;
        }
        try {
            if (use(RouterSession::ping)) {
                listener.noticed(spec);
            }
        } catch (RedirectException e) {
            Duration doubled = backOff.multipliedBy(2);
            backOff = doubled.compareTo(LONGEST_BACK_OFF) < 0 ? doubled : LONGEST_BACK_OFF; // become() has reported why
        }
    }

    private static boolean ping(Redirector redirector) throws RedirectException {
        Optional<Traits.Session> session = redirector.traits().session();
        return session.isPresent() && session.get().ping();
    }

    /** Saves changes, if the inventory says so for this occasion. */
    synchronized void save(Save occasion) {
        boolean due = unsaved && spec.cli().map(c -> c.save() == occasion).orElse(false);
        if (!due || closed) {
            return;
        }
        try {
            Optional<String> trouble = use(RouterSession::saved);
            unsaved = trouble.isPresent();
            trouble.ifPresent(why -> listener.notSaved(spec, why));
        } catch (RedirectException e) {
            listener.notSaved(spec, e.getMessage());
        }
    }

    private static Optional<String> saved(Redirector redirector) throws RedirectException {
        Optional<Traits.Saving> saving = redirector.traits().saving();
        return saving.isPresent() ? saving.get().save() : Optional.empty();
    }

    private void become(RouterStatus.Reachability state, String why) {
        RouterStatus before = status;
        boolean same = before.state() == state;
        status = new RouterStatus(state, same ? before.since() : clock.instant(), clock.instant(), why,
                state == RouterStatus.Reachability.REACHABLE ? Optional.empty() : Optional.of(nextTry));
        if (!same && !closed) {
            listener.changed(spec, before, status);
        }
    }

    private static void close(Redirector redirector) {
        if (redirector != null) {
            redirector.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        Redirector open = redirector; // not synchronized: this ends a use that waits
        close(open);
    }
}
