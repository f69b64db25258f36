package net.reroute.ssh;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import net.reroute.core.Login;

/** Keeps one shell open for each login. Thread-safe. */
public final class Sessions implements AutoCloseable {

    private static final class Slot {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile Shell shell;
    }

    private final Map<Login, Slot> slots = new ConcurrentHashMap<>();

    /**
     * Returns the open shell, or logs in. Blocks for {@code within} at most.
     *
     * @throws SshException if the login fails, or does not end in time
     */
    public Shell open(Login login, Duration within) throws SshException {
        Slot slot = slots.computeIfAbsent(login, l -> new Slot());
        Shell open = slot.shell;
        if (open != null && open.isOpen()) {
            return open;
        }
        long end = System.nanoTime() + within.toNanos();
        lock(slot, login, within);
        try {
            if (slot.shell == null || !slot.shell.isOpen()) {
                slot.shell = Shell.open(login, Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
            return slot.shell;
        } finally {
            slot.lock.unlock();
        }
    }

    private static void lock(Slot slot, Login login, Duration within) throws SshException {
        try {
            if (!slot.lock.tryLock(within.toNanos(), TimeUnit.NANOSECONDS)) {
                throw SshException.unreachable(login + " has not answered the login yet", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SshException.unreachable("interrupted", e);
        }
    }

    /** Closes the shells of logins that are not in this collection. */
    public void keepOnly(Collection<Login> wanted) {
        slots.keySet().stream().filter(l -> !wanted.contains(l)).toList().forEach(l -> end(slots.remove(l)));
    }

    private static void end(Slot slot) {
        if (slot != null && slot.shell != null) {
            slot.shell.close();
        }
    }

    @Override
    public void close() {
        keepOnly(List.of());
    }
}
