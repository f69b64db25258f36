package net.reroute.control;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import net.reroute.core.Snapshot.Cause;

/** Requests for a cycle. All requests made before it begins are merged into one. Thread-safe. */
final class CycleRequest {

    /** @param look which routers to read */
    record Next(Cause cause, RefreshScope look) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition said = lock.newCondition();
    private Next next;
    private boolean running;
    private long begun;

    void merge(Cause cause, RefreshScope look) {
        lock.lock();
        try {
            next = new Next(cause, next == null || next.look().compareTo(look) < 0 ? look : next.look());
            said.signal();
        } finally {
            lock.unlock();
        }
    }

    Next take() throws InterruptedException {
        lock.lock();
        try {
            running = false;
            while (next == null) {
                said.await();
            }
            running = true;
            begun = System.nanoTime();
            Next taken = next;
            next = null;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** How long the current cycle has lasted; zero if none is running. */
    Duration lasts() {
        lock.lock();
        try {
            return running ? Duration.ofNanos(System.nanoTime() - begun) : Duration.ZERO;
        } finally {
            lock.unlock();
        }
    }

    /** True if no cycle is requested and none is running. */
    boolean isEmpty() {
        lock.lock();
        try {
            return next == null && !running;
        } finally {
            lock.unlock();
        }
    }
}
