package net.reroute.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.reroute.cli.Cli;
import net.reroute.cli.Console;
import net.reroute.cli.Processes.Practice;
import net.reroute.core.Actor;
import net.reroute.operations.DirectOperations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples are good, and each plays to its end: a server is killed, and its services come home again. */
@Timeout(180)
class SamplesTest {

    private static final Path SAMPLES = Path.of("samples").toAbsolutePath();

    @TempDir
    Path folder;

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
    private final Console console = new Console(out, out, 400, false, new Actor.Human("anna", ""));

    static List<String> samples() throws IOException {
        try (Stream<Path> folders = Files.list(SAMPLES)) {
            return folders.filter(f -> Files.isDirectory(f.resolve("inventory"))).map(f -> f.getFileName().toString())
                    .sorted().toList();
        }
    }

    private String played(String sample) throws Exception {
        int status = Rehearse.run(new Paths(SAMPLES.resolve(sample), folder.resolve("state"), true),
                new Practice(Optional.empty(), Optional.empty(), false, false), console);
        String told = text.toString(StandardCharsets.UTF_8).replaceAll("(?m)^ *\\d+\\.\\ds  ", "");
        assertThat(status).as(told).isZero();
        return told;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void validateFindsNoMistake(String sample) {
        int status = Cli.run(List.of("validate"), new DirectOperations(new AdHocAccess(new Paths(
                SAMPLES.resolve(sample), folder.resolve("state"), true))), new NoProcesses(), console);
        assertThat(status).as(text.toString(StandardCharsets.UTF_8)).isZero();
    }

    @Test
    void onAFlatLanTheAddressMovesToTheOtherServerAndBack() throws Exception {
        assertThat(played("flat-lan")).containsSubsequence("answers: 192.168.1.20 mail1", "mail1 is killed",
                "typed: mail2 <- ip addr add 192.168.1.20/32 dev eth0 label eth0:rr",
                "typed: mail1 <- ip addr del 192.168.1.20/24 dev eth0",
                "[lan: read back and probed]", "answers: 192.168.1.20 mail2", "mail1 is back",
                "typed: mail2 <- ip addr del 192.168.1.20/32 dev eth0", "answers: 192.168.1.20 mail1");
    }

    @Test
    void behindOneRouterItsRouteMoves() throws Exception {
        assertThat(played("one-router")).containsSubsequence("answers: 192.0.2.1 web1", "web1 is killed",
                "typed: gw1 <- ip route replace 192.0.2.0/25 proto 201 via 10.1.0.12",
                "answers: 192.0.2.1 web2", "web1 is back", "answers: 192.0.2.1 web1");
    }

    @Test
    void behindTwoRoutersTheRoutesOfBothMove() throws Exception {
        assertThat(played("two-routers"))
                .contains("typed: gw1 <- ip route replace 198.51.100.0/25 proto 201 via 10.2.0.12",
                        "typed: gw2 <- ip route 198.51.100.0 255.255.255.128 10.2.0.12 name reroute")
                .containsSubsequence("gw1: read back and probed; gw2: read back and probed",
                        "answers: 198.51.100.1 web2", "answers: 198.51.100.1 web1");
    }

    @Test
    void aSiteIsWithdrawnWhenItsLastServerDiesAndAnnouncesAgain() throws Exception {
        assertThat(played("three-sites")).containsSubsequence("(announced by edge1, edge2, edge3)", "web1 is killed",
                "www is still announced by edge1, since web2 is UP there", "web2 is killed",
                "typed: edge1 <- no network 203.0.113.0/24",
                "answers: 203.0.113.1 web3 (announced by edge2, edge3)", "web1 is back",
                "typed: edge1 <- network 203.0.113.0/24", "(announced by edge1, edge2, edge3)");
    }

    @Test
    void whenTheLeaderDiesAnotherControllerMovesWhatHasToMove() throws Exception {
        assertThat(played("three-controllers"))
                .containsSubsequence("cluster: c1 leads, the others follow", "c1, which leads, is killed",
                        "web1 is killed", "typed: gw1 <- ip route 192.0.2.0 255.255.255.128 10.4.0.12 name reroute",
                        "answers: 192.0.2.1 web2", "web1 is back", "answers: 192.0.2.1 web1", "c1 is back",
                        "cluster: c1 follows")
                .containsPattern("cluster: c[23] leads after \\d+\\.\\d s").doesNotContain("c1 leads after");
    }
}
