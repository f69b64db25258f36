package net.reroute.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import net.reroute.cli.Console;
import net.reroute.cli.Processes.Practice;
import net.reroute.core.Actor;
import net.reroute.core.RequestRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a rehearsal does not play, or plays in another way, is said. */
@Timeout(180)
class RehearsalLimitsTest {

    private static final String NETWORK = """
                                          routers:
                                            gw1: {dialect: linux, address: 192.168.1.1, user: root, agent: true}
                                            f1: {dialect: frr, address: 192.168.1.6, user: root, agent: true}
                                          servers:
                                            host1: {address: 192.168.1.2, user: adm, become: sudo, agent: true, interface: eth0}
                                            host2: {address: 192.168.1.3, user: adm, become: sudo, agent: true, interface: ens3}
                                          checks:
                                            up: {tcp: "{server}:80", every: 200ms, timeout: 100ms}
                                          services:
                                          """;
    private static final String SITES = "  any: {prefix: 203.0.113.0/24, redirect: bgp, speakers: {f1: [host1], gw1:"
            + " [host2]}, checks: [up]}\n";
    private static final String MAIL = "  mail: {prefix: 192.168.1.20/32, redirect: arp, servers: [host1, host2],"
            + " checks: [up], soak: 100ms, announce: controller, fence: interface, restore-after: 5m, before-takeover:"
            + " [/bin/false]}\n";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    private int rehearse(String inventory, String script) throws Exception {
        Files.createDirectories(folder.resolve("inventory"));
        Files.writeString(folder.resolve("inventory/all.yaml"), inventory);
        Path steps = Files.writeString(folder.resolve("script"), script);
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        return Rehearse.run(new Paths(folder, folder.resolve("state"), true),
                new Practice(Optional.empty(), Optional.of(steps), false, false),
                new Console(out, out, 400, false, new Actor.Human("anna", "")));
    }

    private String told() {
        return text.toString(StandardCharsets.UTF_8);
    }

    @Test
    void partsThatNothingStandsInForAreNamedAndTheRestIsPlayed() throws Exception {
        int status = rehearse(NETWORK + SITES + MAIL + "controllers:\n  c1: {address: 192.168.1.10}\n"
                + "  c2: {address: 192.168.1.11}\n", "kill host1\n");
        assertThat(told()).contains(
                "any (203.0.113.0/24) is not rehearsed: of speakers, only Linux routers with FRR have a stand-in",
                "'announce: controller' is practised as 'announce: server'",
                "'fence: interface' is practised as 'fence: alias'", "commands of takeovers are not run",
                "one controller is rehearsed alone: two keep a lease on a router, which has no stand-in",
                "host2 <- ip addr add 192.168.1.20/32 dev ens3 label ens3:rr", "answers: 192.168.1.20 host2");
        assertThat(status).as(told()).isZero();
    }

    @Test
    void whereNothingIsLeftToPlayItSaysWhy() {
        assertThatThrownBy(() -> rehearse(NETWORK + SITES, "")).isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("nothing here can be rehearsed")
                .hasMessageContaining("speakers of BGP other than Linux routers with FRR");
    }

    @Test
    void controllersThatAreNotPlayedCannotBeKilled() {
        assertThatThrownBy(() -> rehearse(NETWORK + MAIL + "controllers:\n  c1: {address: 192.168.1.10}\n"
                + "  c2: {address: 192.168.1.11}\n", "kill c1\n")).isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("line 1: no server 'c1'");
    }
}
