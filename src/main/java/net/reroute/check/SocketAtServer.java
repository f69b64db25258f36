package net.reroute.check;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import net.reroute.core.Login;
import net.reroute.ssh.Connection;

/** A TCP connection that a server makes for us, over its login. Only what a check needs of a socket is there. */
final class SocketAtServer extends Socket {

    private final Doorways doorways;
    private final Login login;
    private Connection opening;
    private Connection.Remote remote;
    private boolean closed;

    SocketAtServer(Doorways doorways, Login login) {
        this.doorways = doorways;
        this.login = login;
    }

    @Override
    public void connect(SocketAddress to, int millis) throws IOException {
        Connection connection = doorways.open(login, millis);
        begin(connection);
        InetSocketAddress address = (InetSocketAddress) to;
        Connection.Remote through = doorways.through(connection, address.getAddress().getHostAddress(),
                address.getPort());
        if (!begun(through)) {
            through.end().run();
            throw new SocketException("closed");
        }
    }

    private synchronized void begin(Connection connection) throws SocketException {
        if (closed) {
            throw new SocketException("closed");
        }
        opening = connection;
    }

    private synchronized boolean begun(Connection.Remote through) {
        opening = null;
        remote = closed ? null : through;
        return !closed;
    }

    /**
     * A server that does not even say whether it connects has lost the whole connection. The end of a channel is the
     * other side's to confirm, which one that is dead never does.
     */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (remote != null) {
            remote.out().close();
            Thread.ofVirtual().name("channel-end").start(remote.end());
        } else if (opening != null) {
            Thread.ofVirtual().name("connection-end").start(opening::close);
        }
    }

    @Override
    public InputStream getInputStream() {
        return remote.out();
    }

    @Override
    public OutputStream getOutputStream() {
        return remote.in();
    }

    @Override
    public synchronized boolean isConnected() {
        return remote != null;
    }

    @Override
    public synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void setTcpNoDelay(boolean on) {
        // The connection below has it.
    }

    @Override
    public void setSoLinger(boolean on, int seconds) {
        // The server's own socket is not ours.
    }

    @Override
    public void setSoTimeout(int millis) {
        // Every wait has the deadline of the check.
    }

    @Override
    public int getSoTimeout() {
        return 0;
    }
}
