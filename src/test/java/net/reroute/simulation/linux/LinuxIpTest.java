package net.reroute.simulation.linux;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Recorded from iproute2 6.1.0 on Linux 6.18, in a network namespace with the same two links; only "@if2" and
 * "link-netns" of the veth pairs were cut out.
 */
class LinuxIpTest {

    @ParameterizedTest
    @ValueSource(strings = {"show", "route", "route6", "wrong", "batch", "order", "match"})
    void answersAsRealIpDid(String recording) {
        LinuxRecording.assertSaidAgain(recording);
    }
}
