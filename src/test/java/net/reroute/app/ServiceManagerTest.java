package net.reroute.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceManagerTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("NOTIFY_SOCKET", "@reroute-test-nobody",
            "WATCHDOG_USEC", "3000000", "WATCHDOG_PID", "17");

    @Test
    void theWatchdogOfAnotherProcessIsNotOurs() {
        assertThat(ServiceManager.of(ENVIRONMENT, 17).watchdog()).contains(Duration.ofSeconds(3));
        assertThat(ServiceManager.of(ENVIRONMENT, 18).watchdog()).isEmpty();
        assertThat(ServiceManager.of(Map.of("WATCHDOG_USEC", "3000000"), 17).watchdog()).as("nobody to tell").isEmpty();
    }

    @Test
    void whereNobodyListensNothingHappens() {
        assertThatCode(() -> {
            ServiceManager.of(Map.of(), 1).ready("fine");
            ServiceManager.of(ENVIRONMENT, 17).ready("fine");
            ServiceManager.of(Map.of("NOTIFY_SOCKET", "relative"), 17).stopping();
            ServiceManager.of(Map.of("NOTIFY_SOCKET", "/" + "x".repeat(200)), 17).stopping();
        }).doesNotThrowAnyException();
    }
}
