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
 * Writes log lines on a thread of its own: a pipe that no process reads, or a journald that hangs, must not block the
 * caller. Lines that find the queue full are dropped and counted; the number is logged when the queue is empty again.
 */
final class LogLines {

    /** How long a daemon that ends waits for its last lines. */
    static final Duration LAST_WORDS = Duration.ofMillis(300);

    /** More lines than the worst minute brings. */
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

    /** Starts writing to a stream. {@link #trouble} reports on the newest instance. */
    static LogLines to(OutputStream out) {
        LogLines lines = new LogLines(out);
        used = lines;
        Thread.ofPlatform().daemon().name("log").start(lines::run);
        return lines;
    }

    /** Queues a line, or drops it if the queue is full. Never blocks. */
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
            dropped.incrementAndGet(); // status shows it
        } finally {
            writing = false;
        }
    }

    /** What is wrong with the log; empty if all lines are written. */
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

    /** Waits until all lines are written, or until the time is over. */
    static void flush(Duration atMost) {
        LogLines it = used;
        long end = System.nanoTime() + atMost.toNanos();
        while (it != null && it.waiting.get() > 0 && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
