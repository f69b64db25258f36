package net.reroute.journal;

import java.util.concurrent.CompletableFuture;

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
}
