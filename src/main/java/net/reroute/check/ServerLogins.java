package net.reroute.check;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.reroute.core.Login;
import net.reroute.ssh.Connection;
import net.reroute.ssh.SshException;

/**
 * SSH logins to servers that stay open, for checks that connect from the server. A login may take longer than a check,
 * so it continues across checks. Thread-safe.
 */
final class ServerLogins implements AutoCloseable {

    private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();

    private final Map<Login, KeptLogin> all = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * Connects from the server. Blocks for about {@code millis} at most; the first login may take longer.
     *
     * @param to address and port, as the server sees them
     * @throws NotAskedException if the server answers and refuses the login or the forwarding
     * @throws java.net.ConnectException if nothing listens there
     * @throws IOException if the server does not answer
     */
    Connection.Remote connect(Login login, InetSocketAddress to, int millis) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        KeptLogin kept = all.computeIfAbsent(login, l -> new KeptLogin(l, () -> closed));
        Connection connection = kept.open(millis);
        if (System.nanoTime() - end >= 0) {
            throw new SocketTimeoutException(login + " took its time for the login"); // the next check finds it open
        }
        CompletableFuture<Connection.Remote> connecting = new CompletableFuture<>();
        Thread.ofVirtual().name("connect-" + login.host()).start(() -> forward(connection, to, connecting));
        try {
            return await(connecting, connection, end);
        } catch (TimeoutException e) {
            connecting.cancel(false);
            kept.doubt(connection);
            throw (SocketTimeoutException) new SocketTimeoutException(login + " does not connect").initCause(e);
        } catch (ExecutionException e) {
            throw judged(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void forward(Connection connection, InetSocketAddress to,
            CompletableFuture<Connection.Remote> connecting) {
        try {
            Connection.Remote remote = connection.forward(to.getAddress().getHostAddress(), to.getPort());
            if (!connecting.complete(remote)) {
                remote.end().run();
            }
        } catch (IOException | RuntimeException e) {
            connecting.completeExceptionally(e);
        }
    }

    /**
     * Waits, and watches the connection: if it ends while a channel is being opened, the SSH library may report neither
     * success nor failure.
     */
    private static Connection.Remote await(CompletableFuture<Connection.Remote> connecting, Connection connection,
            long end) throws ExecutionException, InterruptedException, TimeoutException {
        while (true) {
            long left = Math.max(1, end - System.nanoTime());
            try {
                return connecting.get(Math.min(LOOK_NANOS, left), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (left <= LOOK_NANOS) {
                    throw e;
                }
                if (!connection.isOpen()) {
                    connecting.completeExceptionally(new IOException("the connection broke"));
                }
            }
        }
    }

    private static IOException judged(Throwable cause) {
        if (cause instanceof SshException ssh && ssh.refused()) {
            return new NotAskedException(ssh.getMessage(), ssh);
        }
        return cause instanceof IOException io ? io : new IOException(String.valueOf(cause), cause);
    }

    /** Closes the logins that are not in this collection. */
    void keepOnly(Collection<Login> wanted) {
        all.keySet().stream().filter(l -> !wanted.contains(l)).toList().forEach(l -> all.remove(l).end());
    }

    @Override
    public void close() {
        closed = true;
        all.values().forEach(KeptLogin::end);
    }
}
