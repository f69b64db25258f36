package net.reroute.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import net.reroute.core.Login;
import net.reroute.ssh.Connection;
import net.reroute.ssh.PeerSocket;

/** A TCP connection from a server, forwarded over its SSH login. Implements only the methods that a check needs. */
final class ForwardedSocket extends PeerSocket {

    private final ServerLogins logins;
    private final Login login;
    private Connection.Remote remote;
    private boolean closed;

    ForwardedSocket(ServerLogins logins, Login login) {
        this.logins = logins;
        this.login = login;
    }

    @Override
    public void connect(SocketAddress to, int millis) throws IOException {
        InetSocketAddress address = (InetSocketAddress) to;
        Connection.Remote through = logins.connect(login, address, millis);
        if (!keep(through)) {
            through.end().run();
            throw new SocketException("closed");
        }
    }

    private synchronized boolean keep(Connection.Remote through) {
        remote = closed ? null : through;
        return !closed;
    }

    /** Ends the channel on another thread: the server must confirm the end, and a dead server never does. */
    @Override
    public synchronized void close() throws IOException {
        if (!closed && remote != null) {
            remote.out().close();
            Thread.ofVirtual().name("channel-end").start(remote.end());
        }
        closed = true;
    }

    @Override
    protected synchronized InputStream raw() {
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
        // The SSH connection below has it set.
    }

    @Override
    public void setSoLinger(boolean on, int seconds) {
        // The socket belongs to the server's sshd.
    }

    @Override
    public void setSoTimeout(int millis) {
        // The deadline of the check limits every wait.
    }

    @Override
    public int getSoTimeout() {
        return 0;
    }
}
