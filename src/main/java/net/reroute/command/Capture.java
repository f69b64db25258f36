package net.reroute.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A command's output: keeps the beginning and the end, and counts what lies between. */
final class Capture {

    static final int HEAD = 48 << 10;
    static final int TAIL = 16 << 10;

    private final byte[] head = new byte[HEAD];
    private final byte[] tail = new byte[TAIL];
    private long total;
    private boolean over;

    /** Reads to the end of a stream, on a thread of its own. */
    static Capture of(InputStream in) {
        Capture capture = new Capture();
        Thread.ofPlatform().daemon().name("capture").start(() -> capture.pump(in));
        return capture;
    }

    private void pump(InputStream in) {
        byte[] chunk = new byte[32_768];
        try {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                add(chunk, n);
            }
        } catch (IOException e) {
            add(new byte[0], 0); // keep what was read
        } finally {
            finish();
        }
    }

    synchronized void add(byte[] bytes, int n) {
        for (int i = 0; i < n; i++, total++) {
            if (total < HEAD) {
                head[(int) total] = bytes[i];
            } else {
                tail[(int) (total % TAIL)] = bytes[i];
            }
        }
        notifyAll();
    }

    private synchronized void finish() {
        over = true;
        notifyAll();
    }

    /** A condition on the end of the output. */
    interface Condition {
        boolean isMet(String end);
    }

    /** Waits until the condition is met or the stream ends. Returns false on timeout. */
    synchronized boolean await(Condition condition, long untilNanos) throws InterruptedException {
        while (!over && !condition.isMet(end())) {
            long left = (untilNanos - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** The last few hundred bytes. */
    synchronized String end() {
        int length = (int) Math.min(total, 512);
        byte[] end = new byte[length];
        for (int i = 0; i < length; i++) {
            long at = total - length + i;
            end[i] = at < HEAD ? head[(int) at] : tail[(int) (at % TAIL)];
        }
        return new String(end, StandardCharsets.ISO_8859_1);
    }

    /** The kept output as text. */
    synchronized String text() {
        int first = (int) Math.min(total, HEAD);
        String text = new String(head, 0, first, StandardCharsets.UTF_8);
        if (total <= HEAD) {
            return text;
        }
        int last = (int) Math.min(total - HEAD, TAIL);
        byte[] end = new byte[last];
        for (int i = 0; i < last; i++) {
            end[i] = tail[(int) ((total - last + i) % TAIL)];
        }
        long left = total - first - last;
        return text + (left > 0 ? "\n... " + left + " bytes left out ...\n" : "")
                + new String(end, StandardCharsets.UTF_8);
    }
}
