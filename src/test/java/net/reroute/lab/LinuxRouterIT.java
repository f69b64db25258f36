package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.reroute.redirect.route.linux.IpSpace;
import net.reroute.redirect.route.linux.IpSpace.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A Linux router as admins have them: edited by hand, with links that go down, with an old ip, a small one, one session. */
class LinuxRouterIT {

    private static final String CHECKS = "web: {http: \"http://{server}/\", body: \"</html>\"}";
    /** What usually takes 0.3 s (see docs/benchmarks.md) may take longer here; the look of every 30 s would be in time once. */
    private static final Duration AT_ONCE = Duration.ofSeconds(15);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Lab lab;
    private static int homes;
    private Reroute reroute;

    @BeforeAll
    static void build() {
        lab = new Lab();
        lab.serve();
    }

    @AfterAll
    static void takeDown() {
        lab.close();
    }

    @BeforeEach
    void atHome() {
        lab.routesAtHome();
        reroute = new Reroute(lab, "home" + homes++);
        reroute.inventory(CHECKS, "checks: [web], soak: 1s");
    }

    @AfterEach
    void stop() {
        if (reroute.process() != null && reroute.process().isAlive()) {
            reroute.kill();
        }
        lab.sshd().kill("gw1");
    }

    private void daemon() {
        reroute.daemon();
        Lab.await("every service is at an UP server", () -> reroute.ask("status").status() == 0,
                () -> reroute.ask("status").text());
    }

    private void watched() {
        lab.sshd().start("gw1", "192.168.1.1");
        daemon();
        Lab.await("the router tells what happens", () -> !lab.running("gw1", "monitor\0link").isEmpty());
    }

    /** The first row after a moment that has this text. */
    private Optional<JsonNode> row(Instant since, String text) {
        try {
            for (JsonNode row : JSON.readTree(reroute.ask("history", "--json").text())) {
                if (row.path("text").asText().contains(text)
                        && !Instant.parse(row.path("at").asText()).isBefore(since)) {
                    return Optional.of(row);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Duration until(Instant since, String text) {
        Lab.await("the journal tells: " + text, () -> row(since, text).isPresent(),
                () -> reroute.ask("history").text() + reroute.log());
        return Duration.between(since, Instant.parse(row(since, text).orElseThrow().path("at").asText()));
    }

    @Test
    void aHandEditIsNoticedAtOnce() {
        watched();
        for (int host : new int[]{4, 3, 2}) {
            Instant edited = Instant.now();
            lab.in("gw1", "ip route replace 192.168.1.32/27 via 192.168.1." + (host + 1));
            assertThat(until(edited, "at host" + host + " on gw1; kept until released")).isLessThan(AT_ONCE);
        }
    }

    @Test
    void aRouteThatIsTakenAwayIsBackAtOnceAndItsAbsenceTold() {
        watched();
        for (int i = 0; i < 3; i++) {
            Instant edited = Instant.now();
            lab.in("gw1", "ip route del 192.168.1.64/27");
            assertThat(until(edited, "gw1: the route was missing for")).isLessThan(AT_ONCE);
            assertThat(lab.nextHop("192.168.1.65")).isEqualTo("192.168.1.3");
            assertThat(row(edited, "gw1: the route is missing")).isPresent();
        }
    }

    /** It cuts the router off from us as well. */
    @Test
    void afterAnInterfaceWasDownForASecondItsRoutesAreBackAtOnce() {
        watched();
        Instant begun = Instant.now();
        lab.in("gw1", "ip link set eth0 down; sleep 1; ip link set eth0 up");
        Lab.await("the routes are back", () -> lab.in("gw1", "ip route show proto 201").lines().count() == 4);
        assertThat(until(begun, "gw1: the route was missing for")).isLessThan(AT_ONCE);
        Lab.await("the log tells", () -> reroute.log().contains("www-1: gw1: the route was missing for"));
    }

    @Test
    void withoutASecondSessionItIsSaidOnceAndAllElseWorks() {
        lab.sshd().startWith("MaxSessions 1", "gw1", "192.168.1.1");
        daemon();
        Lab.await("it is said", () -> row(Instant.EPOCH, "gives no second session (MaxSessions)").isPresent(),
                reroute::log);
        assertThat(reroute.ask("www-1", "to", "host3").status()).isZero();
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.4");
    }

    @ParameterizedTest
    @EnumSource(value = Kind.class, names = {"OLD", "BUSYBOX"})
    void anOldOrSmallIpWorksByItsText(Kind kind) throws IOException {
        lab.sshd().startWithPrograms("gw1", IpSpace.programs(Files.createTempDirectory(lab.folder(), "ip"), kind),
                "192.168.1.1");
        lab.in("gw1", "ip route replace 192.168.1.32/27 via 192.168.1.2 src 10.0.0.1 metric 7;"
                + " ip route del 192.168.1.32/27 metric 0");
        String before = lab.in("gw1", "ip route show table all");
        Shellout.Done moved = reroute.cli("www-1", "to", "host3");
        assertThat(moved.status()).as(moved.text()).isZero();
        assertThat(moved.text().replaceAll("\\s+", " ")).contains("read back");
        assertThat(lab.in("gw1", "ip route show table all")).isEqualTo(before.replace(
                "192.168.1.32/27 via 192.168.1.2 dev eth0 src 10.0.0.1 metric 7 ",
                "192.168.1.32/27 via 192.168.1.4 dev eth0 proto 201 src 10.0.0.1 metric 7 "));
        Shellout.Done back = reroute.cli("undo");
        assertThat(back.status()).as(back.text()).isZero();
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.2");
        lab.in("gw1", "ip route del 192.168.1.32/27 metric 7");
    }

    @Test
    void whatASmallIpCannotDoIsToldWithTheRemedy() throws IOException {
        lab.sshd().startWithPrograms("gw1",
                IpSpace.programs(Files.createTempDirectory(lab.folder(), "ip"), Kind.BUSYBOX), "192.168.1.1");
        reroute.inventory(CHECKS, "checks: [web], share: 2");
        Shellout.Done done = reroute.cli("www-1", "to", "host3");
        assertThat(done.status()).isEqualTo(1);
        assertThat(done.text().replaceAll("\\s+", " ")).contains("busybox's ip takes one next hop and not 2: install"
                + " iproute2 4.14 or newer (OpenWrt: opkg install ip-full); see docs/linux.md");
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.2");
    }

    @Test
    void noIpAtAllIsToldWithTheRemedy() throws IOException {
        lab.sshd().startWithPrograms("gw1", empty(), "192.168.1.1");
        Shellout.Done done = reroute.cli("www-1", "to", "host3");
        assertThat(done.status()).isNotZero();
        assertThat(done.text().replaceAll("\\s+", " ")).contains("it has no ip").contains("see docs/linux.md");
        assertThat(reroute.cli("status").text()).doesNotContain("makes one");
    }

    private static java.nio.file.Path empty() throws IOException {
        java.nio.file.Path folder = Files.createTempDirectory(lab.folder(), "ip");
        java.nio.file.Path ip = folder.resolve("ip");
        Files.writeString(ip, "#!/bin/sh\necho 'sh: 1: ip: not found' >&2\nexit 127\n");
        ip.toFile().setExecutable(true);
        return folder;
    }
}
