package net.reroute.check;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import net.reroute.core.Login;
import net.reroute.ssh.Connection;
import net.reroute.ssh.Connections;
import net.reroute.ssh.SshException;

/**
 * One SSH login to a server, kept open across checks. If the server stops answering, a second login may replace it.
 * Thread-safe.
 */
final class KeptLogin {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Time without a new attempt after a refused login: each refusal brings the account closer to a lockout. */
    private static final long REST_NANOS = Duration.ofMinutes(1).toNanos();

    private final Login login;
    private final BooleanSupplier closed;
    private CompletableFuture<Connection> current;
    private CompletableFuture<Connection> next;
    private boolean refused;
    private long failedAt;
    private boolean everOpen;

    /** @param closed true once all checks have ended; a connection that opens later is closed at once */
    KeptLogin(Login login, BooleanSupplier closed) {
        this.login = login;
        this.closed = closed;
    }

    /**
     * Returns the open connection, or logs in. The first login may take longer than a check; a later one may not, or a
     * dead server would be noticed late.
     *
     * @param millis what is left of the check's timeout
     * @throws NotAskedException if the server answers and refuses the login
     * @throws IOException if the server does not answer
     */
    Connection open(int millis) throws IOException {
        try {
            Connection connection = opening().get(patience(millis), TimeUnit.MILLISECONDS);
            synchronized (this) {
                everOpen = true;
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

    private synchronized CompletableFuture<Connection> opening() {
        if (!isUsable()) {
            current = begin();
        }
        return current;
    }

    private synchronized long patience(int millis) {
        return everOpen ? millis : Math.max(millis, PATIENCE.toMillis());
    }

    private static IOException judged(Throwable cause) {
        if (cause instanceof SshException ssh && ssh.refused()) {
            return new NotAskedException(ssh.getMessage(), ssh);
        }
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof ConnectException && String.valueOf(t.getMessage()).contains("refused")) {
                return new NotAskedException(cause.getMessage(), cause); // only a live machine refuses connections
            }
        }
        return new IOException(cause.getMessage(), cause);
    }

    private boolean isUsable() {
        if (current == null) {
            return false;
        }
        return switch (current.state()) {
            case RUNNING -> true;
            case SUCCESS -> current.resultNow().isOpen();
            case FAILED, CANCELLED -> rests();
        };
    }

    private boolean rests() {
        return refused && System.nanoTime() - failedAt < REST_NANOS;
    }

    private CompletableFuture<Connection> begin() {
        CompletableFuture<Connection> opening = new CompletableFuture<>();
        Thread.ofVirtual().name("login-" + login.host()).start(() -> logIn(opening));
        return opening;
    }

    private void logIn(CompletableFuture<Connection> opening) {
        try {
            Connection connection = Connections.open(login, PATIENCE);
            if (closed.getAsBoolean() || !opening.complete(connection)) {
                connection.close();
            }
        } catch (IOException | RuntimeException e) {
            synchronized (this) {
                refused = e instanceof SshException ssh && ssh.refused();
                failedAt = System.nanoTime();
            }
            opening.completeExceptionally(e);
        }
    }

    /**
     * Starts a second login if a connection does not answer. The old connection stays in use until the new one is open:
     * the server may be dead, or only slow.
     */
    void doubt(Connection connection) {
        CompletableFuture<Connection> old;
        CompletableFuture<Connection> fresh;
        synchronized (this) {
            old = current;
            boolean ours = isUsable() && old.state() == Future.State.SUCCESS && old.resultNow() == connection;
            if (!ours || next != null || rests()) {
                return;
            }
            fresh = begin();
            next = fresh;
        }
        fresh.whenComplete((opened, failure) -> replace(old, fresh, failure == null));
    }

    private void replace(CompletableFuture<Connection> old, CompletableFuture<Connection> fresh, boolean opened) {
        boolean taken;
        synchronized (this) {
            next = null;
            taken = opened && current == old;
            current = taken ? fresh : current;
        }
        if (opened) {
            endLater(taken ? old.resultNow() : fresh.resultNow());
        }
    }

    /** Closes the connection later, so that pending answers can still arrive. */
    private static void endLater(Connection connection) {
        Thread.ofVirtual().name("connection-end").start(() -> {
            LockSupport.parkNanos(PATIENCE.toNanos());
            connection.close();
        });
    }

    synchronized void end() {
        Stream.of(Optional.ofNullable(current), Optional.ofNullable(next)).flatMap(Optional::stream)
                .forEach(opening -> {
                    if (opening.state() == Future.State.SUCCESS) {
                        opening.resultNow().close();
                    }
                    opening.cancel(false); // a login that completes after this is closed at once
                });
    }
}
