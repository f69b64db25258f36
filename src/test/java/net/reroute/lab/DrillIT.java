package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Drills and planned maintenances on the reference network. */
class DrillIT extends OnNginx {

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private String drill(int status, String... args) {
        List<String> all = Stream.concat(Stream.of("drill"), Stream.of(args)).toList();
        Shellout.Done done = reroute.ask(all.toArray(String[]::new));
        assertThat(done.status()).as(done.text() + reroute.log()).isEqualTo(status);
        return args.length > 0 && args[args.length - 1].equals("--json")
                ? done.text()
                : done.text().replaceAll("\\s+", " ");
    }

    @Test
    void aDrillTakesEverythingOffAServerAndBringsItBackAndSaysSo() throws IOException {
        start();
        String report = drill(0, "host1", "--because", "first of the year");
        assertThat(report).contains("drill of host1: PASS", "by root (first of the year)",
                "www-1 went away and came back, no packet lost", "the last 0", "www-1 host1 -> host2",
                "www-1 host2 -> host1", "192.168.1.33 through the router, ping every 10 ms");
        carriedBy("192.168.1.33", 1);
        assertThat(reroute.ask("status").text()).doesNotContain("drained");
        JsonNode again = new ObjectMapper().readTree(drill(0, "host1", "--json"));
        assertThat(again.path("result").asText()).isEqualTo("pass");
        assertThat(again.path("milliseconds").path("away").asDouble()
                + again.path("milliseconds").path("there").asDouble()
                + again.path("milliseconds").path("back").asDouble()).isLessThan(10_000);
        assertThat(drill(0, "host1", "--report")).contains("the last 1");
        assertThat(drill(0)).contains("host1", "PASS");
        try (Stream<Path> files = Files.list(reroute.home().resolve("state/drills"))) {
            assertThat(files.map(f -> f.getFileName().toString().replaceFirst("^.*Z-", "")))
                    .containsExactlyInAnyOrder("host1.txt", "host1.txt", "host1.json", "host1.json");
        }
    }

    @Test
    void aShadowDrillTellsTheLinesAndTypesNothing() {
        start();
        String report = drill(0, "host2", "--shadow");
        assertThat(report).contains("drill of host2: SHADOW", "1 service would move; nothing was typed",
                "ip route replace 192.168.1.64/27 proto 201 via 192.168.1.4", "a dead server is noticed within 800ms");
        assertThat(lab.in("gw1", "ip route show proto 201")).isBlank();
        assertThat(history()).doesNotContain("maintenance");
    }

    @Test
    void aDrillIsRefusedWhereItWouldLeaveAServiceWithoutASecondHealthyServer() {
        reroute.write("lab.yaml", reroute.read("lab.yaml").replace("servers: [host1, host2, host3, host4]",
                "servers: [host1, host2]"));
        start();
        lab.sshd().on("host2", "pkill -x nginx");
        carriedBy("192.168.1.65", 3);
        assertThat(drill(1, "host1")).contains("no drill was held: refused: www-1 has no second healthy server");
        // the route is there before the move's records are
        Lab.await("host4 has no good substitute", () -> drill(1, "host4")
                .contains("host2 is not well for www-1: web: connection refused"));
        lab.sshd().on("host2", "nginx");
        carriedBy("192.168.1.65", 2);
        reroute.ask("pause");
        assertThat(drill(1, "host1")).contains("paused by root");
        reroute.ask("resume");
        reroute.ask("drain", "host4");
        assertThat(drill(1, "host1")).contains("host4 is in maintenance, and one server at a time is enough");
        assertThat(drill(2, "host9")).contains("no server 'host9'");
        carriedBy("192.168.1.33", 1);
    }

    @Test
    void aDrillIsBrokenOffAndTakenBackWhenTheOtherServerFails() {
        reroute.playbook("sabotage", """
                                     when: {event: moved, service: www-1, decision: planned}
                                     steps:
                                       - run: {at: host2, command: [pkill, -x, nginx], if-failed: go-on}
                                     """);
        start();
        try {
            assertThat(drill(1, "host1")).contains("drill of host1: FAIL");
            carriedBy("192.168.1.33", 1);
            assertThat(reroute.ask("status").text()).doesNotContain("drained");
        } finally {
            Lab.await("nginx on host2 has ended", () -> !lab.listens("host2", 80));
        }
    }

    @Test
    void aDrillIsBrokenOffAndTakenBackWhenSomebodyPauses() throws InterruptedException {
        start();
        StringBuilder report = new StringBuilder();
        Thread drill = Thread.ofVirtual().start(() -> report.append(reroute.ask("drill", "host1").text()));
        carriedBy("192.168.1.33", 2);
        reroute.ask("pause", "--because", "enough");
        assertThat(drill.join(Duration.ofMinutes(2))).isTrue();
        assertThat(report.toString().replaceAll("\\s+", " ")).contains("drill of host1: FAIL")
                .contains("broken off: paused by root (enough)");
        carriedBy("192.168.1.33", 1);
        assertThat(reroute.ask("status").text()).doesNotContain("drained");
    }

    @Test
    void aMaintenanceThatSomebodyAsksForDuringADrillIsHisAndStays() throws InterruptedException {
        start();
        StringBuilder report = new StringBuilder();
        Thread drill = Thread.ofVirtual().start(() -> report.append(reroute.ask("drill", "host1").text()));
        carriedBy("192.168.1.33", 2);
        reroute.ask("drain", "host1", "--because", "kernel");
        assertThat(drill.join(Duration.ofMinutes(2))).isTrue();
        assertThat(report.toString().replaceAll("\\s+", " "))
                .contains("host1 is in maintenance by root (kernel), so nothing was brought back to it");
        assertThat(reroute.ask("status").text()).contains("maintenance by root (kernel)");
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.3");
    }

    @Test
    void aScheduledDrillOutsideOfItsHoursIsNotHeld() {
        LocalTime now = LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
        String hours = now.plusHours(2) + "-" + now.plusHours(3);
        reroute.playbook("drill", shipped("drill").replace("server: next", "server: host1")
                .replace("02:00-05:00", hours).replace("Europe/Berlin", "UTC")
                .replaceAll("(?m)^  - notify.*\\R?", ""));
        start();
        assertThat(reroute.ask("play", "drill").text()).contains("it is not held outside of " + hours);
        assertThat(lab.in("gw1", "ip route show proto 201")).isBlank();
    }

    @Test
    void aPlannedMaintenanceIsListedBeginsEndsAndIsFollowedByASoak() {
        start();
        String from = LocalDateTime.now().plusSeconds(3).format(MOMENT);
        Shellout.Done planned = reroute.ask("drain", "host1", "--from", from, "--for", "3s", "--because", "kernel");
        assertThat(planned.status()).as(planned.text()).isZero();
        assertThat(planned.text()).contains("planned: host1 carries nothing from");
        assertThat(reroute.ask("jobs").text()).contains("host1").contains("by root (kernel)");
        assertThat(reroute.ask("status").text()).contains("maintenance of host1 begins, by root (kernel)");
        awaitHistory("maintenance of host1 from"); // told before
        carriedBy("192.168.1.33", 2);
        awaitHistory("maintenance host1 until");
        carriedBy("192.168.1.33", 1);
        awaitHistory("back home: host1 is UP");
        assertThat(history()).contains("maintenance host1 of root has ended by itself")
                .contains("back home: host1 is UP");
        assertThat(history().replaceAll(".*(maintenance host1 of root has ended)", "$1"))
                .as("it soaks first").contains("moved www-1 host2 -> host1");
    }

    @Test
    void aPlannedMaintenanceIsCancelledAndMistakesAreTold() {
        start();
        assertThat(reroute.ask("drain", "host1", "--from", "2030-12-01 02:00", "--for", "2h").status()).isZero();
        assertThat(reroute.ask("drain", "host1", "--from", "2030-12-01 03:00", "--for", "2h").text())
                .contains("another maintenance of host1 is planned");
        assertThat(reroute.ask("undrain", "host1").text())
                .contains("cancelled: maintenance of host1 from 2030-12-01 02:00");
        assertThat(reroute.ask("jobs").text()).contains("no maintenance is planned");
        assertThat(reroute.ask("drain", "host1", "--from", "2030-12-01 02:00").text()).contains("--from needs --for");
        assertThat(reroute.ask("drain", "host1", "--from", "tomorrow", "--for", "2h").text())
                .contains("'tomorrow' is no moment; write it like \"2026-12-01 02:00\"");
        assertThat(reroute.ask("drain", "host1", "--from", "2020-01-01 02:00", "--for", "2h").text())
                .contains("is over");
        assertThat(reroute.ask("drain", "host1", "--from", "2030-03-31 02:30 Europe/Berlin", "--for", "2h").text())
                .contains("the clock in Europe/Berlin goes from 02:00 to 03:00, so there is no 02:30");
        assertThat(reroute.ask("drain", "host1", "--from", "2030-10-27 02:30 Europe/Berlin", "--for", "2h").text())
                .contains("shows 02:30 twice; say which one with +02:00 or +01:00 behind it");
    }
}
