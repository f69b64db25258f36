package net.reroute.ssh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a stranger sends. It has a limit; and whoever reads it lets others go on every now and then: a virtual thread that
 * always finds something to read never gives up its carrier by itself, and carriers are as few as processors.
 */
public final class PeerStream extends FilterInputStream {

    /** So much is read in well under a millisecond. */
    private static final int SLICE = 16 << 10;
    /** What a read costs besides its bytes, in bytes: a stranger may send them one by one. */
    private static final int EACH = 256;

    private final long most;
    private volatile boolean limited = true;
    private long read;
    private int slice;

    /** @param most bytes; more than that end in an exception */
    public PeerStream(InputStream in, long most) {
        super(in);
        this.most = most;
    }

    /** From now on it may send as much as it likes: who it is has been proven. */
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
