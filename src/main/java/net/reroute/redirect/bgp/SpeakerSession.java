package net.reroute.redirect.bgp;

import java.time.Duration;
import java.util.Optional;
import net.reroute.core.BgpSites;
import net.reroute.core.RouterSpec;
import net.reroute.core.RouterSpec.SessionKeeping;
import net.reroute.redirect.RedirectException;
import net.reroute.ssh.Fence;

/**
 * The session with one speaker. One that is lost is opened again beside the work: a login to a machine that is gone takes
 * seconds, which a failover of the other sites must not wait for. Thread-safe; its speaker is not.
 */
final class SpeakerSession implements AutoCloseable {

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);

    private final RouterSpec spec;
    private final Duration within;
    private final BgpSites sites;
    private final Fence fence;
    private Optional<Speaker> open = Optional.empty();
    private Optional<Speaker> fresh = Optional.empty();
    private Optional<RedirectException> failure = Optional.empty();
    private Optional<Thread> opening = Optional.empty();
    private Duration retry = FIRST_RETRY;
    private boolean closed;

    /** @param fence that every change has to pass */
    SpeakerSession(RouterSpec spec, Duration within, BgpSites sites, Fence fence) {
        this.fence = fence;
        this.spec = spec;
        this.within = within;
        this.sites = sites;
    }

    /**
     * The speaker.
     *
     * @throws RedirectException if it cannot be logged in to, or could not when that was last tried
     */
    synchronized Speaker speaker() throws RedirectException {
        if (fresh.isPresent()) {
            open.ifPresent(Speaker::close);
            open = fresh;
            fresh = Optional.empty();
            failure = Optional.empty();
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        if (open.filter(Speaker::isOpen).isEmpty()) {
            open.ifPresent(Speaker::close);
            open = Optional.empty(); // if the login fails
            open = Optional.of(SpeakerLogin.open(spec, within, sites, fence));
        }
        return open.get();
    }

    /** It answers. */
    synchronized void works() {
        retry = FIRST_RETRY;
    }

    /** It does not answer. From now on it is tried again, longer apart each time. */
    synchronized void lost(RedirectException e) {
        open.ifPresent(Speaker::close);
        open = Optional.empty();
        failure = Optional.of(e);
        if (opening.isEmpty() && !closed) {
            opening = Optional.of(Thread.ofPlatform().daemon().name("speaker-" + spec.name()).start(this::openAgain));
        }
    }

    /** True if a lost one can be logged in to again. */
    synchronized boolean isBack() {
        return fresh.isPresent();
    }

    private void openAgain() {
        try {
            while (true) {
                Thread.sleep(next());
                try {
                    keep(SpeakerLogin.open(spec, within, sites, fence));
                    return;
                } catch (RedirectException e) {
                    synchronized (this) {
                        failure = Optional.of(e);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private synchronized Duration next() {
        Duration now = retry;
        Duration doubled = retry.multipliedBy(2);
        retry = doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
        return now;
    }

    private synchronized void keep(Speaker speaker) {
        opening = Optional.empty();
        if (closed) {
            speaker.close();
        } else {
            fresh = Optional.of(speaker);
        }
    }

    /** Logs out where the session must not stay. */
    synchronized void rest() {
        if (spec.session() == SessionKeeping.PER_MOVE) {
            open.ifPresent(Speaker::close);
            open = Optional.empty();
        }
    }

    /** Keeps the session from timing out, unless it must not stay. */
    void stayAwake() throws RedirectException {
        if (spec.session() == SessionKeeping.WARM) {
            speaker().stayAwake();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        opening.ifPresent(Thread::interrupt);
        open.ifPresent(Speaker::close);
        fresh.ifPresent(Speaker::close);
    }
}
