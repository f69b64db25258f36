package net.reroute.app;

import java.time.Duration;

/** When the program began, for deadlines that count from there. */
final class ProgramStart {

    private static volatile long began = System.nanoTime();

    private ProgramStart() {}

    /** It begins now. */
    static void isNow() {
        began = System.nanoTime();
    }

    /** What is left of a time that began with the program. */
    static Duration left(Duration of) {
        Duration left = of.minusNanos(System.nanoTime() - began);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
