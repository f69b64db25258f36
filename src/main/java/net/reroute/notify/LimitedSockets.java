package net.reroute.notify;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Connections that end when the other side says far more than a mail server has to say. */
final class LimitedSockets extends SocketFactory {

    /** All its answers to one mail, a certificate among them, are a few kilobytes. */
    private static final long MOST = 1 << 20;

    @Override
    public Socket createSocket() {
        return new Limited();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new UnsupportedOperationException("connects by itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket(host.getHostAddress(), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return createSocket(host, port);
    }

    private static final class Limited extends Socket {

        private InputStream in;

        @Override
        public synchronized InputStream getInputStream() throws IOException {
            if (in == null) {
                in = new Counted(super.getInputStream());
            }
            return in;
        }
    }

    private static final class Counted extends FilterInputStream {

        private long left = MOST;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return counted(super.read(), 1);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int n = super.read(into, from, length);
            return counted(n, n);
        }

        private int counted(int result, int bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new IOException("it sends without end");
            }
            return result;
        }
    }
}
