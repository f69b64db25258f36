package net.reroute.journal;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The future of a write. It can be withdrawn until the write begins. */
final class WriteTicket extends CompletableFuture<Void> {

    private boolean begun;

    /** Called when the writer begins. Returns false if the write was withdrawn. */
    synchronized boolean begin() {
        begun = !isDone();
        return begun;
    }

    /** Called when the write failed and will be tried again. It can then be withdrawn. */
    synchronized void again() {
        begun = false;
    }

    /** Withdraws the write. Returns true if it was not and will not be written. */
    synchronized boolean withdraw() {
        return !begun && cancel(false);
    }

    /** A write that has begun cannot be withdrawn, so wait a little longer for its end. */
    boolean endsWell(Duration within) {
        try {
            get(within.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
