package net.reroute.ssh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a peer that is not verified, up to a limit. Reads yield regularly: a virtual thread that never waits for
 * data never gives up its carrier, and there are only as many carriers as processors.
 */
public final class PeerStream extends FilterInputStream {

    /** Bytes between two yields; reading them takes well under a millisecond. */
    private static final int SLICE = 16 << 10;
    /** Added to the bytes of each read, since a peer may send single bytes. */
    private static final int EACH = 256;

    private final long most;
    private volatile boolean limited = true;
    private long read;
    private int slice;

    /** @param most the limit in bytes; a read beyond it throws IOException */
    public PeerStream(InputStream in, long most) {
        super(in);
        this.most = most;
    }

    /** Lifts the limit. Called once the peer is verified. */
    void unlimited() {
        limited = false;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int n = super.read(into, from, length);
        read += Math.max(0, n);
        if (limited && read > most) {
            throw new IOException("it sends without end");
        }
        slice += EACH + Math.max(0, n);
        if (slice > SLICE) {
            slice = 0;
            Thread.yield();
        }
        return n;
    }
}
