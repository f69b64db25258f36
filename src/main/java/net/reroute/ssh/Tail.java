package net.reroute.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Collects the bytes of a stream until a marker line. Searches only the end of the text, so the cost is linear.
 * Thread-safe.
 */
final class Tail {

    private static final int MOST = 16 << 20;
    /** The limit in bytes for all streams together, so that one machine cannot use up the memory. */
    private static final int MOST_OF_ALL = 64 << 20;
    private static final AtomicLong OF_ALL = new AtomicLong();
    private static final int SMALL = 8192;
    private static final int LARGE = 1 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private byte[] bytes = new byte[SMALL];
    private int length;
    private String over;

    private Tail() {}

    static Tail of(InputStream in) {
        Tail tail = new Tail();
        Thread.ofPlatform().daemon().name("ssh-reader").start(() -> tail.pump(in));
        return tail;
    }

    private void pump(InputStream in) {
        byte[] chunk = new byte[32_768];
        try {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                add(chunk, n);
            }
            finish("it closed the connection");
        } catch (IOException e) {
            finish(e.getMessage() == null ? "the connection broke" : e.getMessage());
        }
    }

    private void add(byte[] chunk, int n) throws IOException {
        lock.lock();
        try {
            if (length + n > MOST) {
                throw new IOException("it sends without end");
            }
            if (length + n > bytes.length) {
                grow(Math.min(MOST, Math.max(bytes.length * 2, length + n)));
            }
            System.arraycopy(chunk, 0, bytes, length, n);
            length += n;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void grow(int size) throws IOException {
        int more = size - bytes.length;
        if (over != null || OF_ALL.addAndGet(more) > MOST_OF_ALL) {
            OF_ALL.addAndGet(over == null ? -more : 0);
            throw new IOException("too much is being read at once; it sends without end, or others do");
        }
        bytes = Arrays.copyOf(bytes, size);
    }

    private void shrink() {
        OF_ALL.addAndGet((long) SMALL - bytes.length);
        bytes = new byte[SMALL];
    }

    /**
     * Waits for the line {@code marker STATUS}, and takes all text up to it.
     *
     * @return the text before the line, a newline, and the status
     * @throws IOException if the deadline or the stream ends first
     */
    String await(String marker, Deadline deadline) throws IOException {
        lock.lock();
        try {
            int at = find(marker);
            while (at < 0) {
                if (over != null || deadline.isOver()) {
                    throw new IOException(deadline.isOver() ? "no answer in time" : over);
                }
                more.await(deadline.leftMillis(), TimeUnit.MILLISECONDS);
                at = find(marker);
            }
            return take(at, marker.length());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The offset of the marker line; -1 if it has not come. It ends the text: nothing comes between a marker and the
     * next script.
     */
    private int find(String marker) {
        int window = marker.length() + 16;
        int from = Math.max(0, length - window);
        String end = new String(bytes, from, length - from, StandardCharsets.ISO_8859_1);
        int at = end.indexOf("\n" + marker + " ");
        return at >= 0 && end.endsWith("\n") ? from + at : -1;
    }

    private String take(int at, int markerLength) {
        String text = new String(bytes, 0, at, StandardCharsets.UTF_8);
        int statusFrom = at + 1 + markerLength + 1;
        String status = new String(bytes, statusFrom, length - statusFrom, StandardCharsets.US_ASCII).strip();
        length = 0;
        if (bytes.length > LARGE) {
            shrink();
        }
        return text + "\n" + status;
    }

    private void finish(String why) {
        lock.lock();
        try {
            over = over == null ? why : over;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void end() {
        finish("closed");
        lock.lock();
        try {
            length = 0;
            shrink();
        } finally {
            lock.unlock();
        }
    }

    boolean isOpen() {
        lock.lock();
        try {
            return over == null;
        } finally {
            lock.unlock();
        }
    }
}
