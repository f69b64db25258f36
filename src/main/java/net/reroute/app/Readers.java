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
 * Limits how many callers read the journal inside the daemon: a few at a time, fewer of one user, each at a low
 * priority. A failover must not wait for the reading of a million rows.
 */
final class Readers {

    private static final int ALL = 4;
    private static final int EACH = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Semaphore all = new Semaphore(ALL, true);
    private final Map<String, Semaphore> each = new ConcurrentHashMap<>();

    /**
     * Opens the journal; to be called on the thread that reads it. Waits up to 30 s for its turn, which lasts until the
     * reader is closed.
     *
     * @throws JournalException if the journal cannot be read, or if others read it for so long
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
