package net.reroute.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** A connection to a stranger, who has no more to say than one question deserves. */
public class PeerSocket extends Socket {

    /** Bytes: far more than a page that is searched, or a mail server's answers, with certificates and packing. */
    private static final int MOST = 1 << 20;

    private PeerStream in;

    /** What comes in, before it is counted. */
    protected InputStream raw() throws IOException {
        return super.getInputStream();
    }

    @Override
    public final InputStream getInputStream() throws IOException {
        return counted();
    }

    private synchronized PeerStream counted() throws IOException {
        if (in == null) {
            in = new PeerStream(raw(), MOST);
        }
        return in;
    }

    /** From now on it may say as much as it likes: who it is has been proven. */
    final void unlimited() throws IOException {
        counted().unlimited();
    }
}
