package net.reroute.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Log lines on their way out, on a thread of their own: a pipe that nobody reads, or a journald that hangs, must not stop
 * whoever logs. Lines that find no room are counted, and told of when there is room again.
 */
final class LogLines {

    /** How long a daemon that ends waits for its last lines. */
    static final Duration LAST_WORDS = Duration.ofMillis(300);

    /** More than what is logged in a minute of the worst moments. */
    static final int ROOM = 5_000;
    private static final Duration SLOW = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static volatile LogLines used;

    private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(ROOM);
    private final OutputStream out;
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile long writingSince;
    private volatile boolean writing;

    private LogLines(OutputStream out) {
        this.out = out;
    }

    /** Begins to write; status asks the newest for its trouble. */
    static LogLines to(OutputStream out) {
        LogLines lines = new LogLines(out);
        used = lines;
        Thread.ofPlatform().daemon().name("log").start(lines::run);
        return lines;
    }

    /** Takes a line, or drops it; never waits. */
    void add(byte[] line) {
        waiting.incrementAndGet();
        if (!queue.offer(line)) {
            waiting.decrementAndGet();
            dropped.incrementAndGet();
        }
    }

    private void run() {
        try {
            while (true) {
                byte[] line = queue.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                long lost = line == null ? dropped.getAndSet(0) : 0;
                if (lost > 0) {
                    write((lost + " log lines were dropped: standard error did not take them\n")
                            .getBytes(StandardCharsets.UTF_8));
                } else if (line != null) {
                    write(line);
                    waiting.decrementAndGet();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isWriting() {
        return writing;
    }

    private void write(byte[] line) {
        writingSince = System.nanoTime();
        writing = true;
        try {
            out.write(line);
        } catch (IOException e) {
            dropped.incrementAndGet(); // status tells
        } finally {
            writing = false;
        }
    }

    /** What is wrong with the log; empty if it flows. */
    static Optional<String> trouble() {
        return Optional.ofNullable(used).flatMap(LogLines::complaint);
    }

    Optional<String> complaint() {
        Duration slow = Duration.ofNanos(writing ? System.nanoTime() - writingSince : 0);
        boolean blocked = slow.compareTo(SLOW) > 0;
        if (!blocked && dropped.get() == 0) {
            return Optional.empty();
        }
        String what = blocked
                ? "standard error has taken no log line for " + slow.toSeconds() + "s; "
                : "standard error does not take all log lines; ";
        return Optional.of(what + waiting + " wait, " + dropped + " were dropped");
    }

    /** Waits until all is written, or for so long. */
    static void flush(Duration atMost) {
        LogLines it = used;
        long end = System.nanoTime() + atMost.toNanos();
        while (it != null && it.waiting.get() > 0 && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
