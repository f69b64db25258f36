package net.reroute.app;

import java.time.Duration;

/** When the program started, for deadlines that count from then. */
final class ProgramStart {

    private static volatile long began = System.nanoTime();

    private ProgramStart() {}

    /** Sets the start to this moment. */
    static void isNow() {
        began = System.nanoTime();
    }

    /** What is left of a time that began at the start; never negative. */
    static Duration left(Duration of) {
        Duration left = of.minusNanos(System.nanoTime() - began);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
