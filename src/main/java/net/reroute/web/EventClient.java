package net.reroute.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One reader of server-sent events, with a thread of its own that writes. */
final class EventClient {

    private static final int ROOM = 1000;
    /** A client that is gone is noticed by the next write. */
    private static final byte[] PULSE = "event: pulse\ndata: 1\n\n".getBytes(StandardCharsets.US_ASCII);

    private final HttpExchange exchange;
    private final BlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(ROOM);
    private final boolean known;
    private final BooleanSupplier still;
    private final Runnable over;
    private volatile boolean closed;
    private Thread thread;

    /**
     * @param known whether it has logged in
     * @param still false once it may not read any longer: its token is revoked, its login over
     * @param over called when it has ended
     */
    EventClient(HttpExchange exchange, boolean known, BooleanSupplier still, Runnable over) {
        this.exchange = exchange;
        this.known = known;
        this.still = still;
        this.over = over;
    }

    /** Sends what is queued from now on. Returns at once. */
    void begin() {
        thread = Thread.ofVirtual().name("event client").start(this::run);
    }

    private void run() {
        try (exchange; OutputStream out = exchange.getResponseBody()) {
            while (!closed) {
                byte[] next = queue.poll(1, TimeUnit.SECONDS);
                if (!still.getAsBoolean()) {
                    break;
                }
                out.write(next == null ? PULSE : next);
                for (byte[] more = queue.poll(); more != null; more = queue.poll()) {
                    out.write(more);
                }
                out.flush();
            }
        } catch (IOException e) {
            closed = true; // the reader is gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closed = true;
            over.run();
        }
    }

    /** Queues an event. One that does not read is let go: it comes back, and says what it has seen. */
    void send(byte[] event) {
        if (!closed && !queue.offer(event)) {
            close();
        }
    }

    void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    boolean isKnown() {
        return known;
    }

    /** Ends it even while it writes to a reader that does not read. */
    void cut() {
        close();
        exchange.close();
    }

    /** An event in its format. */
    static byte[] event(String kind, String id, byte[] data) {
        byte[] head = ("event: " + kind + "\n" + (id.isEmpty() ? "" : "id: " + id + "\n") + "data: ")
                .getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[head.length + data.length + 2];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(data, 0, all, head.length, data.length);
        all[all.length - 2] = '\n';
        all[all.length - 1] = '\n';
        return all;
    }
}
