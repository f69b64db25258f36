package net.reroute.journal;

import java.util.concurrent.CompletableFuture;

/** The end of a write, which can be withdrawn until the write has begun, and not after. */
final class WriteTicket extends CompletableFuture<Void> {

    private boolean begun;

    /** The writer begins. Returns false if the write was withdrawn. */
    synchronized boolean begin() {
        begun = !isDone();
        return begun;
    }

    /** The write failed and will be tried again; until then it can be withdrawn. */
    synchronized void again() {
        begun = false;
    }

    /** Returns true if it was not and will not be written. */
    synchronized boolean withdraw() {
        return !begun && cancel(false);
    }
}
