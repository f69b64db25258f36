package net.reroute.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The end of a daemon: asked for by a signal, by the end of the process, or by a rehearsal that is over. */
final class StopRequest {

    private static final Duration TO_STOP = Duration.ofMillis(900);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** @param signals true: SIGTERM and SIGINT stop the daemon; if that hangs, the process ends all the same */
    void install(boolean signals) {
        if (signals) {
            Signals.stop(() -> {
                if (!askAndAwait()) {
                    Runtime.getRuntime().halt(0); // the shutdown hangs
                }
            });
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::askAndAwait));
    }

    /** Asks the daemon to stop. Returns at once. */
    void ask() {
        asked.countDown();
    }

    /** Waits until the daemon is asked to stop. */
    void await() {
        try {
            asked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The daemon has stopped. */
    void done() {
        stopped.countDown();
    }

    private boolean askAndAwait() {
        ask();
        try {
            return stopped.await(TO_STOP.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
