package net.reroute.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import net.reroute.check.Libc;
import net.reroute.journal.JournalException;
import net.reroute.journal.JournalReader;

/**
 * Those who read the journal in the daemon. A few at a time, and fewer for one person, each with as little of the
 * processors as nobody else wants: a million rows are no reason for a failover to wait.
 */
final class Readers {

    private static final int ALL = 4;
    private static final int EACH = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Semaphore all = new Semaphore(ALL, true);
    private final Map<String, Semaphore> each = new ConcurrentHashMap<>();

    /**
     * Opens the journal, on the thread that reads it.
     *
     * @throws JournalException if it cannot be read, or if so many others read it for so long
     */
    JournalReader open(Path state, String who) throws IOException {
        Semaphore own = each.computeIfAbsent(who, w -> new Semaphore(EACH, true));
        long end = System.nanoTime() + PATIENCE.toNanos();
        take(own, end, who + " is reading the journal " + EACH + " times already");
        try {
            take(all, end, ALL + " others are reading the journal");
        } catch (JournalException e) {
            own.release();
            throw e;
        }
        try {
            Libc.yieldProcessor();
            return JournalReader.open(state, () -> release(own));
        } catch (IOException | RuntimeException e) {
            release(own);
            throw e;
        }
    }

    private void release(Semaphore own) {
        all.release();
        own.release();
    }

    private static void take(Semaphore place, long end, String full) throws JournalException {
        try {
            if (!place.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new JournalException(full + "; ask again when that is done", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JournalException("interrupted", e);
        }
    }
}
