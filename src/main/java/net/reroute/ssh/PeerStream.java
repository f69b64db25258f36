package net.reroute.ssh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a peer that is not verified, up to a limit. Reads yield now and then: a virtual thread that always finds
 * something to read never gives up its carrier, and there are only as many carriers as processors.
 */
public final class PeerStream extends FilterInputStream {

    /** Read in well under a millisecond. */
    private static final int SLICE = 16 << 10;
    /** The cost of a read besides its bytes, in bytes: a peer may send them one by one. */
    private static final int EACH = 256;

    private final long most;
    private volatile boolean limited = true;
    private long read;
    private int slice;

    /** @param most the limit in bytes; more cause an exception */
    public PeerStream(InputStream in, long most) {
        super(in);
        this.most = most;
    }

    /** Lifts the limit: the peer is verified. */
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
