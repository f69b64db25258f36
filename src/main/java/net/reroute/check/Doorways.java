package net.reroute.check;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.reroute.core.Login;
import net.reroute.ssh.Connection;
import net.reroute.ssh.SshException;

/**
 * Kept logins at servers, for checks that connect from there. A login takes longer than a check may: it goes on by itself
 * while checks come and go.
 */
final class Doorways implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** A login that was refused is a step towards a lockout. */
    private static final long REST_NANOS = Duration.ofMinutes(1).toNanos();

    private static final class Door {
        private CompletableFuture<Connection> login;
        private boolean rests;
        private long failedAt;
        private boolean everOpen;
    }

    private final Map<Login, Door> doors = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * The open connection. Where there never was one, its first login is waited for; later on no longer than a check may
     * take, or a dead server would be noticed late.
     *
     * @throws NotAskedException if somebody answers and does not let us in
     * @throws IOException if nobody answers
     */
    Connection open(Login login, int millis) throws IOException {
        Door door = doors.computeIfAbsent(login, l -> new Door());
        CompletableFuture<Connection> opening;
        long patience;
        synchronized (door) {
            if (!isUsable(door)) {
                door.login = begin(door, login);
            }
            opening = door.login;
            patience = door.everOpen ? millis : Math.max(millis, PATIENCE.toMillis());
        }
        try {
            Connection connection = opening.get(patience, TimeUnit.MILLISECONDS);
            synchronized (door) {
                door.everOpen = true;
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

    private static boolean isUsable(Door door) {
        if (door.login == null) {
            return false;
        }
        return switch (door.login.state()) {
            case RUNNING -> true;
            case SUCCESS -> door.login.resultNow().isOpen();
            case FAILED, CANCELLED -> door.rests && System.nanoTime() - door.failedAt < REST_NANOS;
        };
    }

    private CompletableFuture<Connection> begin(Door door, Login login) {
        CompletableFuture<Connection> opening = new CompletableFuture<>();
        Thread.ofVirtual().name("login-" + login.host()).start(() -> {
            try {
                Connection connection = Connection.open(login, PATIENCE);
                if (closed || !opening.complete(connection)) {
                    connection.close();
                }
            } catch (IOException | RuntimeException e) {
                synchronized (door) {
                    door.rests = e instanceof SshException ssh && ssh.refused();
                    door.failedAt = System.nanoTime();
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

    /** Connects from there. */
    Connection.Remote through(Connection connection, String host, int port) throws IOException {
        try {
            return connection.forward(host, port);
        } catch (SshException e) {
            if (e.refused()) {
                throw new NotAskedException(e.getMessage(), e);
            }
            connection.close();
            throw e;
        }
    }

    @Override
    public void close() {
        closed = true;
        doors.values().forEach(door -> {
            synchronized (door) {
                if (door.login != null && door.login.state() == Future.State.SUCCESS) {
                    door.login.resultNow().close();
                }
            }
        });
    }
}
