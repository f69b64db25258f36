package net.reroute.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** A connection to a peer that is not verified. Limits what the peer may send to 1 MB. */
public class PeerSocket extends Socket {

    /** In bytes. Far more than a web page, or the answers of a mail server, with certificates and compression. */
    private static final int MOST = 1 << 20;

    private PeerStream in;

    /** The incoming bytes, before they are counted. */
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

    /** Lifts the limit. Called once the peer is verified. */
    final void unlimited() throws IOException {
        counted().unlimited();
    }
}
