package net.reroute.lab;

import org.junit.jupiter.api.Test;

class ScratchTest {
    @Test
    void hangs() throws Exception {
        new ProcessBuilder(Lab.java(LabServer.class, "nothing")).start();
        Thread.ofVirtual().name("scratch-virtual").start(() -> java.util.concurrent.locks.LockSupport.park());
        while (true) {
            java.util.concurrent.locks.LockSupport.parkNanos(1000);
        }
    }
}
