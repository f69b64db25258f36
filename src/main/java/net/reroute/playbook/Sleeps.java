package net.reroute.playbook;

import java.time.Duration;

/** Sleep that an interrupt ends. */
final class Sleeps {

    private Sleeps() {}

    /** Returns false if the thread was interrupted; its interrupt flag is set then. */
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
