package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reading happens beside the watch, never before it. */
@Timeout(240)
class LargeReloadIT extends OnReferenceNetwork {

    private static final String CHECKS = "web: {http: \"http://{server}/\", every: 500ms, fast: 200ms, timeout: 500ms,"
            + " fall: 3}";
    /** Almost as much as an inventory may have. */
    private static final int MANY = 75_000;

    private static String large() {
        return "checks:\n" + IntStream.range(0, MANY).mapToObj(i -> "  spare-" + i
                + ": {http: \"http://{server}/a/path/that/only/makes/it/longer/" + i + "\", every: 1s, timeout: 300ms,"
                + " fall: 2}\n").collect(Collectors.joining());
    }

    @Test
    void aServerThatDiesDuringTheReloadIsLeftAndNobodyElseIsSuspected() throws Exception {
        reroute.inventory(CHECKS, "checks: [web], soak: 1s");
        reroute.daemon();
        awaitAllUp();
        reroute.write("large.yaml", large());
        CompletableFuture<Shellout.Done> reload = CompletableFuture.supplyAsync(() -> reroute.ask("reload"));
        lab.cutOff("host1");
        Lab.await("www-1 is carried by host2", () -> lab.nextHop("192.168.1.33").equals("192.168.1.3"),
                reroute::log);
        assertThat(reload.get().text()).doesNotContain("refused");
        assertThat(reroute.log()).doesNotContain("unreachable")
                .doesNotContain("host2 is DOWN", "host3 is DOWN", "host4 is DOWN")
                .doesNotContain("checks, cycles or jobs have stalled");
        assertThat(lab.nextHop("192.168.1.65")).isEqualTo("192.168.1.3");
    }
}
