package net.reroute.redirect.tcp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * One direction of a connection. What cannot be written at once is kept, and nothing more is read until it is written:
 * a slow reader slows its writer down, and an idle connection has no buffer.
 */
final class Flow {

    private static final long MUCH = 64L << 20;
    private static final int LITTLE = 4 << 10;

    private final SelectionKey from;
    private final SelectionKey to;
    private final LongAdder count;
    private final AtomicLong kept;
    private ByteBuffer left;
    private boolean ended;
    private boolean passed;
    private Flow back;

    /**
     * @param count counts bytes
     * @param kept counts the bytes that all flows keep
     */
    Flow(SelectionKey from, SelectionKey to, LongAdder count, AtomicLong kept) {
        this.kept = kept;
        this.from = from;
        this.to = to;
        this.count = count;
    }

    /** @param other the other direction */
    void with(Flow other) {
        back = other;
    }

    /** Bytes to write before anything that is read. */
    void first(ByteBuffer bytes) throws IOException {
        if (bytes.hasRemaining()) {
            write(bytes);
        }
    }

    /** As {@link #first}, and counts them. */
    void greet(ByteBuffer bytes) throws IOException {
        count.add(bytes.remaining());
        write(bytes);
    }

    /**
     * Reads what is there and writes it.
     *
     * @param buffer used within this call only
     * @return the number of bytes; -1 at the end
     */
    int pass(ByteBuffer buffer) throws IOException {
        if (left != null || ended) {
            return 0;
        }
        if (kept.get() > MUCH) {
            buffer.limit(LITTLE); // many readers are slow: each may keep less
        }
        int read = channel(from).read(buffer);
        if (read > 0) {
            count.add(read);
            write(buffer.flip());
        } else if (read < 0) {
            ended = true;
            want(from, SelectionKey.OP_READ, false);
            end();
        }
        return read;
    }

    private void write(ByteBuffer bytes) throws IOException {
        if (left == null) {
            channel(to).write(bytes);
        }
        if (bytes.hasRemaining()) {
            ByteBuffer before = left == null ? ByteBuffer.allocate(0) : left;
            kept.addAndGet(bytes.remaining());
            left = ByteBuffer.allocate(before.remaining() + bytes.remaining()).put(before).put(bytes).flip();
            want(from, SelectionKey.OP_READ, false);
            want(to, SelectionKey.OP_WRITE, true);
        }
    }

    /** There is room again. */
    void goOn() throws IOException {
        if (left != null) {
            kept.addAndGet(-channel(to).write(left));
            if (left.hasRemaining()) {
                return;
            }
            left = null;
        }
        want(to, SelectionKey.OP_WRITE, false);
        want(from, SelectionKey.OP_READ, !ended);
        end();
    }

    /** Passes the end on once everything before it is written. The other direction may go on. */
    private void end() throws IOException {
        if (ended && left == null && !passed) {
            passed = true;
            if (back == null || !back.passed) { // else both channels are closed at once
                channel(to).shutdownOutput();
            }
        }
    }

    /** The connection is over: nothing is kept any more. */
    void drop() {
        if (left != null) {
            kept.addAndGet(-left.remaining());
            left = null;
        }
    }

    /** True if the end was read and passed on. */
    boolean isOver() {
        return passed;
    }

    private static SocketChannel channel(SelectionKey key) {
        return (SocketChannel) key.channel();
    }

    private static void want(SelectionKey key, int operation, boolean is) {
        key.interestOps(is ? key.interestOps() | operation : key.interestOps() & ~operation);
    }
}
