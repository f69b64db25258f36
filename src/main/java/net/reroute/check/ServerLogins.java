package net.reroute.check;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import net.reroute.core.Login;
import net.reroute.ssh.Connection;
import net.reroute.ssh.Connections;
import net.reroute.ssh.SshException;

/**
 * Kept logins at servers, for checks that connect from there. A login takes longer than a check may: it goes on by itself
 * while checks come and go.
 */
final class ServerLogins implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LOOK_NANOS = Duration.ofMillis(50).toNanos();
    /** A login that was refused is a step towards a lockout. */
    private static final long REST_NANOS = Duration.ofMinutes(1).toNanos();

    private static final class KeptLogin {
        private CompletableFuture<Connection> login;
        private CompletableFuture<Connection> next;
        private boolean rests;
        private long failedAt;
        private boolean everOpen;
    }

    private final Map<Login, KeptLogin> all = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * Connects from there.
     *
     * @throws NotAskedException if somebody answers and does not let us in
     * @throws IOException if nobody answers
     */
    Connection.Remote connect(Login login, InetSocketAddress to, int millis) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        KeptLogin kept = all.computeIfAbsent(login, l -> new KeptLogin());
        Connection connection = open(kept, login, millis);
        if (System.nanoTime() - end >= 0) {
            throw new SocketTimeoutException(login + " took its time for the login"); // the next check finds it done
        }
        CompletableFuture<Connection.Remote> connecting = new CompletableFuture<>();
        Thread.ofVirtual().name("connect-" + login.host()).start(() -> through(connection, to, connecting));
        try {
            return await(connecting, connection, end);
        } catch (TimeoutException e) {
            connecting.cancel(false);
            doubt(kept, login, connection);
            throw (SocketTimeoutException) new SocketTimeoutException(login + " does not connect").initCause(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SshException ssh && ssh.refused()
                    ? new NotAskedException(ssh.getMessage(), ssh)
                    : worded(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /**
     * Looks at the connection meanwhile: a channel that is asked for while the connection ends may be told neither that it
     * is open nor that it is lost.
     */
    private static Connection.Remote await(CompletableFuture<Connection.Remote> connecting, Connection connection,
            long end)
            throws ExecutionException, InterruptedException, TimeoutException {
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

    private static IOException worded(Throwable cause) {
        return cause instanceof IOException io ? io : new IOException(String.valueOf(cause), cause);
    }

    private static void through(Connection connection, InetSocketAddress to,
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
     * A server that does not say whether it connects may have gone, or be slow for once: it is logged in to anew beside
     * the old connection, which serves until then.
     */
    private void doubt(KeptLogin kept, Login login, Connection connection) {
        CompletableFuture<Connection> old;
        CompletableFuture<Connection> next;
        synchronized (kept) {
            old = kept.login;
            boolean ours = isUsable(kept) && old.state() == Future.State.SUCCESS && old.resultNow() == connection;
            if (!ours || kept.next != null || rests(kept)) {
                return;
            }
            next = begin(kept, login);
            kept.next = next;
        }
        next.whenComplete((fresh, failure) -> {
            boolean taken;
            synchronized (kept) {
                kept.next = null;
                taken = failure == null && kept.login == old;
                kept.login = taken ? next : kept.login;
            }
            if (failure == null) {
                endLater(taken ? connection : fresh);
            }
        });
    }

    /** Who still waits for an answer over it may get it. */
    private static void endLater(Connection connection) {
        Thread.ofVirtual().name("connection-end").start(() -> {
            LockSupport.parkNanos(PATIENCE.toNanos());
            connection.close();
        });
    }

    private static boolean rests(KeptLogin kept) {
        return kept.rests && System.nanoTime() - kept.failedAt < REST_NANOS;
    }

    /**
     * The open connection. Where there never was one, its first login is waited for; later on no longer than a check may
     * take, or a dead server would be noticed late.
     */
    private Connection open(KeptLogin kept, Login login, int millis) throws IOException {
        CompletableFuture<Connection> opening;
        long patience;
        synchronized (kept) {
            if (!isUsable(kept)) {
                kept.login = begin(kept, login);
            }
            opening = kept.login;
            patience = kept.everOpen ? millis : Math.max(millis, PATIENCE.toMillis());
        }
        try {
            Connection connection = opening.get(patience, TimeUnit.MILLISECONDS);
            synchronized (kept) {
                kept.everOpen = true;
            }
            return connection;
        } catch (ExecutionException e) {
            throw judged(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException(login + " has not answered the login yet", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static boolean isUsable(KeptLogin kept) {
        if (kept.login == null) {
            return false;
        }
        return switch (kept.login.state()) {
            case RUNNING -> true;
            case SUCCESS -> kept.login.resultNow().isOpen();
            case FAILED, CANCELLED -> rests(kept);
        };
    }

    private CompletableFuture<Connection> begin(KeptLogin kept, Login login) {
        CompletableFuture<Connection> opening = new CompletableFuture<>();
        Thread.ofVirtual().name("login-" + login.host()).start(() -> {
            try {
                Connection connection = Connections.open(login, PATIENCE);
                if (closed || !opening.complete(connection)) {
                    connection.close();
                }
            } catch (IOException | RuntimeException e) {
                synchronized (kept) {
                    kept.rests = e instanceof SshException ssh && ssh.refused();
                    kept.failedAt = System.nanoTime();
                }
                opening.completeExceptionally(e);
            }
        });
        return opening;
    }

    private static IOException judged(Throwable cause) {
        if (cause instanceof SshException ssh && ssh.refused()) {
            return new NotAskedException(ssh.getMessage(), ssh);
        }
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof ConnectException && String.valueOf(t.getMessage()).contains("refused")) {
                return new NotAskedException(cause.getMessage(), cause); // a machine that is dead refuses nothing
            }
        }
        return new IOException(cause.getMessage(), cause);
    }

    /** Logs out of all others. */
    void keepOnly(Collection<Login> wanted) {
        all.keySet().stream().filter(l -> !wanted.contains(l)).toList().forEach(l -> end(all.remove(l)));
    }

    private static void end(KeptLogin kept) {
        synchronized (kept) {
            Stream.of(Optional.ofNullable(kept.login), Optional.ofNullable(kept.next)).flatMap(Optional::stream)
                    .forEach(login -> {
                        if (login.state() == Future.State.SUCCESS) {
                            login.resultNow().close();
                        }
                        login.cancel(false); // one that is on its way is closed when it comes
                    });
        }
    }

    @Override
    public void close() {
        closed = true;
        all.values().forEach(ServerLogins::end);
    }
}
