package net.reroute.playbook;

import java.time.Duration;

/** Waiting that can be broken off. */
final class Sleeps {

    private Sleeps() {}

    /** Returns false if somebody wants this thread to end; then it is marked as interrupted. */
    static boolean of(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
