package net.reroute.redirect.bgp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Prefix;
import net.reroute.redirect.RedirectException;

/**
 * A router, or a program, that announces prefixes by BGP. Used by one thread at a time. After any exception its state is
 * unknown: close it and open a new one.
 */
interface Speaker extends AutoCloseable {

    /** Between two looks for a change that a speaker makes after it took the line; FRR coalesces for some 100 ms. */
    Duration BETWEEN = Duration.ofMillis(50);

    /** What it announces of a prefix. */
    Announcement look(Prefix prefix) throws RedirectException;

    /** All that it knows of a prefix, also from others. */
    BgpTable table(Prefix prefix) throws RedirectException;

    /**
     * The lines that {@link #type} takes.
     *
     * @param map the route-map of the line; empty if none
     */
    List<String> lines(Prefix prefix, Announcement.Is wanted, String map) throws RedirectException;

    /** Types lines. Returns the complaint; empty if there is none. */
    Optional<String> type(List<String> lines) throws RedirectException;

    /** Keeps the session from timing out. */
    void stayAwake() throws RedirectException;

    boolean isOpen();

    @Override
    void close();

    /** Waits until neighbours have been told, or no longer are. Returns what is so then. */
    default Announcement await(Prefix prefix, Announcement.Is wanted, Duration atMost) throws RedirectException {
        long end = System.nanoTime() + atMost.toNanos();
        Announcement now = look(prefix);
        while (!now.isSettled(wanted) && System.nanoTime() - end < 0) {
            pause(BETWEEN);
            now = look(prefix);
        }
        return now;
    }

    /** Sleeps. */
    static void pause(Duration time) throws RedirectException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedirectException(false, "cut off", e);
        }
    }
}
