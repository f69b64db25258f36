package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Other programs and other clocks beside us: FRR on the router, and somebody who sets the time. */
class NeighboursIT {

    private static final String CHECKS = "up: {icmp: \"{server}\", every: 100ms, timeout: 100ms, fall: 3}";
    static final String FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

    private Lab lab;
    private Reroute reroute;

    /** A network for each test: what FRR leaves behind is no place for the next one. */
    @BeforeEach
    void build() {
        lab = new Lab();
        lab.sshd().start("gw1", "192.168.1.1");
        lab.routesAtHome();
        reroute = new Reroute(lab);
        reroute.inventory(CHECKS, "checks: [up], soak: 1s");
    }

    @AfterEach
    void takeDown() {
        lab.close();
    }

    @Test
    void aRouteOwnedByFrrIsRefused() {
        lab.in("gw1", "ip route del 192.168.1.32/27");
        new LabFrr(lab).start("ip route 192.168.1.32/27 192.168.1.2");
        Lab.await("FRR has set its route", () -> lab.in("gw1", "ip route show 192.168.1.32/27").contains("192.168.1.2"),
                () -> lab.attempt("gw1", "cat " + lab.folder() + "/*.log").text());
        String before = lab.in("gw1", "ip route show 192.168.1.32/27");
        Shellout.Done done = reroute.cli("www-1", "to", "host3", "--force");
        assertThat(done.status()).as(done.text()).isEqualTo(1);
        assertThat(done.text()).contains("use dialect").contains("frr");
        assertThat(lab.in("gw1", "ip route show 192.168.1.32/27")).isEqualTo(before);
        assertThat(reroute.cli("doctor").text().replaceAll("\\s+", " "))
                .contains("gw1 its route for 192.168.1.32/27 is")
                .contains("FRR runs there");
    }

    @Test
    void aClockThatJumpsAnHourEachWayMovesNothingAndStopsNoCheck() {
        Path time = lab.folder().resolve("time");
        LabSshd.write(time, "+0");
        reroute.daemonWith(List.of("env", "LD_PRELOAD=" + FAKETIME, "FAKETIME_TIMESTAMP_FILE=" + time,
                "FAKETIME_CACHE_DURATION=1", "FAKETIME_DONT_FAKE_MONOTONIC=1", "FAKETIME_FORCE_MONOTONIC_FIX=1"));
        try {
            Lab.await("all UP", () -> reroute.ask("status").status() == 0, () -> reroute.ask("status").text());
            int steps = 0;
            for (String jump : List.of("-3600", "+3600", "+0")) {
                steps++;
                set(time, jump);
                told("clock: somebody set it", steps);
                Lab.await("all UP again", () -> reroute.ask("status").status() == 0,
                        () -> reroute.ask("status").text());
                lab.cutOff("host1");
                told("moved www-1: www-1 host1 -> host2", steps);
                assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.3");
                lab.plugIn("host1");
                told("moved www-1: www-1 host2 -> host1: back home", steps);
                assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.2");
            }
        } finally {
            reroute.kill();
        }
    }

    /** In one step, and read by libfaketime once a second: it looks at the file without a lock, in each thread. */
    private static void set(Path time, String jump) {
        Path next = time.resolveSibling("next-time");
        LabSshd.write(next, jump);
        try {
            Files.move(next, time, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the log, not for the router: a route is there before its move has been probed and is done. */
    private void told(String words, int times) {
        Lab.await(words + " for the " + times + ". time", () -> reroute.log().split(words, -1).length > times,
                reroute::log);
    }
}
