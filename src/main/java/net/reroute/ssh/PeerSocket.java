package net.reroute.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** A connection to a stranger, who has no more to say than one question deserves. */
public final class PeerSocket extends Socket {

    /** Bytes: far more than a page that is searched, or a mail server's answers, with certificates and packing. */
    public static final int MOST = 1 << 20;

    private InputStream in;

    @Override
    public synchronized InputStream getInputStream() throws IOException {
        if (in == null) {
            in = new PeerStream(super.getInputStream(), MOST);
        }
        return in;
    }
}
