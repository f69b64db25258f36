package net.reroute.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import net.reroute.check.CheckConnector;
import net.reroute.core.RequestRefusedException;
import net.reroute.inventory.InventoryReader;
import net.reroute.operations.RefusedReload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reload that fails, by command or by signal: it shows in status, whatever failed. */
class ReloadFailureTest {

    private static final String NETWORK = """
                                          servers: {host1: {address: 127.0.0.1}}
                                          checks: {up: {icmp: "{server}"}}
                                          services: {www: {prefix: 192.168.1.32/27, servers: host1, checks: up}}
                                          """;

    @TempDir
    Path home;

    @Test
    void everyFailureIsASentence() {
        assertThat(ReloadFailure.why(new RequestRefusedException("host1 carries www"))).isEqualTo("host1 carries www");
        assertThat(ReloadFailure.why(new AccessDeniedException("/etc/reroute/inventory")))
                .isEqualTo("/etc/reroute/inventory cannot be read; check that it is there, and its owner and mode");
        assertThat(ReloadFailure.why(new FileSystemException("/x", null, "Input/output error")))
                .isEqualTo("/x cannot be read: Input/output error");
        assertThat(ReloadFailure.why(new IOException())).isEqualTo("the disk did not answer");
        assertThat(ReloadFailure.why(new StackOverflowError()))
                .startsWith("internal error (please report it)");
        assertThat(ReloadFailure.isOurs(new NullPointerException())).isTrue();
        assertThat(ReloadFailure.isOurs(new IOException())).isFalse();
    }

    @Test
    void aMistakeOfTheProgramShowsAndTheOldInventoryStays() throws Exception {
        Files.createDirectories(home.resolve("inventory"));
        Files.writeString(home.resolve("inventory/a.yaml"), NETWORK);
        AtomicReference<Error> failing = new AtomicReference<>();
        Environment environment = new Environment(at -> {
            if (failing.get() != null) {
                throw failing.get();
            }
            return InventoryReader.read(at);
        }, CheckConnector.DIRECT, false, draft -> {
        });
        AtomicReference<List<RefusedReload>> seen = new AtomicReference<>(List.of());
        Daemon.run(new Paths(home, home.resolve("state"), true), environment, daemon -> {
            failing.set(new StackOverflowError("deep"));
            daemon.reloads().onSignal();
            seen.set(daemon.reloads().refused().stream().toList());
            failing.set(null);
            daemon.reloads().onSignal();
            assertThat(daemon.reloads().refused()).isEmpty();
            daemon.stop();
        });
        assertThat(seen.get()).hasSize(1);
        assertThat(seen.get().getFirst().why()).isEqualTo(
                "internal error (please report it): java.lang.StackOverflowError: deep");
    }
}
