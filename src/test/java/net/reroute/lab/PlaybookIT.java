package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Playbooks on the reference network: real sshd, real nginx, each server with processes of its own. */
class PlaybookIT extends OnNginx {

    private String play(int status, String... args) {
        List<String> all = new ArrayList<>(List.of("play"));
        all.addAll(List.of(args));
        Shellout.Done done = reroute.ask(all.toArray(String[]::new));
        assertThat(done.status()).as(done.text()).isEqualTo(status);
        return done.text().replaceAll("\\s+", " ");
    }

    private void moves(String service, String server) {
        Shellout.Done done = reroute.patiently(service, "to", server);
        assertThat(done.status()).as(done.text()).isZero();
    }

    @Test
    void aDeadWebServerIsStartedAgainAndNothingMoves() throws IOException {
        reroute.playbook("respawn-web", shipped("respawn-web"));
        // no move waits for this playbook: on a busy machine three failures come before the server is back
        reroute.write("lab.yaml", reroute.read("lab.yaml").replace("fall: 3", "fall: 20"));
        start();
        lab.sshd().on("host1", "pkill -9 -x nginx");
        awaitHistory("host1 web: ended: host1 answers again");
        assertThat(lab.listens("host1", 80)).isTrue();
        assertThat(history()).doesNotContain("moved");
        assertThat(lab.in("gw1", "ip route show proto 201")).isBlank();
    }

    @Test
    void whereARespawnDoesNotHelpTheMoveComesAsItWouldHave() throws IOException {
        reroute.playbook("respawn-web", shipped("respawn-web"));
        start();
        lab.sshd().on("host1", "pkill -STOP -x nginx");
        try {
            Lab.await("host2 carries www-1", () -> lab.nextHop("192.168.1.33").equals("192.168.1.3"));
            awaitHistory("host1 web: stopped: step 2 of 2 (recheck)");
        } finally {
            lab.sshd().on("host1", "pkill -CONT -x nginx");
        }
    }

    // ---- what is shipped ---------------------------------------------------------------------------------------------

    @Test
    void aServerThatWasLeftHasTheServiceAddressTakenOffIt() throws IOException {
        reroute.playbook("fence", shipped("fence"));
        start();
        lab.sshd().on("host1", "pkill -9 -x nginx");
        try {
            awaitHistory(
                    "ip addr del 192.168.1.33/32 dev lo (back with: ip addr add 192.168.1.33/32 dev lo scope global");
            assertThat(lab.in("host1", "ip addr show dev lo")).doesNotContain("192.168.1.33").contains("192.168.1.65");
            assertThat(reroute.ask("play", "fence", "--server", "host2").text()).contains("so it is not fenced");
        } finally {
            lab.attempt("host1", "ip addr add 192.168.1.33/32 dev lo");
        }
    }

    /** How often host1's interface went down. */
    private static String downs() {
        return lab.in("host1", "cat /sys/class/net/eth0/carrier_down_count");
    }

    @Test
    void anInterfaceThatIsFencedComesUpAgainByItselfWithoutTheAddress() {
        reroute.playbook("out",
                "steps:\n  - fence: {server: host1, means: interface, restore-after: 2s, power: [echo, off]}\n");
        start();
        moves("www-1", "host2");
        String before = downs();
        try {
            assertThat(play(0, "out")).contains("eth0 down, and up again after 2s").contains("power: done (off)");
            Lab.await("its interface was down", () -> !downs().equals(before));
            Lab.await("its interface is up", () -> lab.in("host1", "ip link show dev eth0").contains(",UP"));
            Lab.await("its routes are back", () -> lab.in("host1", "ip route").contains("default via 192.168.1.1"));
            assertThat(lab.in("host1", "ip addr show dev lo")).doesNotContain("192.168.1.33");
        } finally {
            for (String address : Lab.SERVICE_ADDRESSES) {
                lab.attempt("host1", "ip addr add " + address + (address.contains(":") ? "/128" : "/32") + " dev lo");
            }
        }
    }

    private void mirrorFrom(String source, String target) throws IOException {
        reroute.playbook("mirror", shipped("mirror").replace("host1:/var/www/", source).replace("/var/www/ ", target)
                .replaceAll("(?m)^  - notify.*\\R", ""));
    }

    @Test
    void theMirrorCopiesAndDeletesAndLeavesEverythingWhenTheSourceIsEmpty() throws IOException {
        Path source = Files.createDirectories(lab.folder().resolve("www"));
        Path target = Files.createDirectories(lab.folder().resolve("mirrored"));
        Path config = Files.writeString(lab.folder().resolve("rsyncd.conf"),
                "use chroot = no\n[www]\npath = " + source + "\n");
        lab.start("host1", lab.folder().resolve("rsyncd.log"),
                List.of("rsync", "--daemon", "--no-detach", "--config=" + config));
        Lab.await("rsync on host1", () -> lab.listens("host1", 873));
        mirrorFrom("rsync://192.168.1.2/www/", target + "/ ");
        Files.writeString(source.resolve("index.html"), "hello");
        Files.writeString(target.resolve("old.html"), "old");
        start();
        play(0, "mirror");
        assertThat(target.resolve("index.html")).hasContent("hello");
        assertThat(target.resolve("old.html")).doesNotExist();
        Files.delete(source.resolve("index.html"));
        Files.createDirectories(source.resolve("lost+found"));
        assertThat(play(0, "mirror")).contains("rsync://192.168.1.2/www/ holds no file; nothing was copied or deleted");
        assertThat(target.resolve("index.html")).hasContent("hello");
        Files.writeString(source.resolve("index.html"), "new");
        mirrorFrom("rsync://192.168.1.2/www/", target + "/ ");
        reroute.playbook("mirror", reroute.readPlaybook("mirror").replace("- really", "- dry-run"));
        reroute.ask("reload");
        play(0, "mirror");
        assertThat(target.resolve("index.html")).hasContent("hello");
        lab.start("host1", lab.folder().resolve("flock.log"), List.of("flock", target.toString(), "sleep", "600"));
        Lab.await("another mirror is under way",
                () -> Shellout.attempt(List.of("flock", "-n", target.toString(), "true")).status() != 0);
        assertThat(play(0, "mirror")).contains("another mirror is under way; nothing was copied");
    }

    @Test
    void aServerIsDrainedRebootedWatchedAndGivenItsServicesBack() throws IOException {
        reroute.playbook("maintenance-reboot", shipped("maintenance-reboot")
                .replace("[systemctl, reboot]",
                        "[sh, -c, \"pkill -x nginx; setsid sh -c 'sleep 5; nginx' </dev/null >/dev/null 2>&1 &\"]")
                .replace("for: 5s", "for: 100ms")
                .replace("for: 1m", "for: 1s").replaceAll("(?m)^  - notify.*\\R", ""));
        start();
        assertThat(play(0, "maintenance-reboot", "--server", "host1", "--because", "kernel"))
                .contains("www-1 host1 -> host2").contains("host1 is DOWN").contains("host1 is UP for 1s")
                .contains("ended: all steps done");
        Lab.await("host1 carries www-1 again", () -> lab.nextHop("192.168.1.33").equals("192.168.1.2"));
        assertThat(history()).contains("maintenance host1").contains("by root (playbook maintenance-reboot, kernel)");
    }

    // ---- objections --------------------------------------------------------------------------------------------------

    @Test
    void aPlannedMoveIsNotMadeWhenACommandObjectsAndItsWordsAreTheReason() {
        reroute.playbook("no-deploy", """
                                      when: {event: before-move, service: www-1}
                                      steps:
                                        - veto: {command: [sh, -c, "echo a deploy is under way >&2; exit 1"]}
                                      """);
        start();
        Shellout.Done refused = reroute.ask("www-1", "to", "host3");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.text()).contains("a deploy is under way").contains("nothing was changed");
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.2");
        moves("www-2", "host3");
        assertThat(reroute.ask("www-1", "to", "host3", "--force").status()).isZero();
        reroute.playbook("no-deploy", """
                                      when: {event: before-move, service: www-1}
                                      steps:
                                        - veto: {command: [sleep, "60"], within: 1s}
                                      """);
        reroute.ask("reload");
        assertThat(reroute.ask("www-1", "to", "host4").text().replaceAll("\\s+", " "))
                .contains("could not be asked").contains("did not end within 1s and was ended");
    }

    @Test
    void aDeadServerIsLeftWhateverAPlaybookForPlannedMovesSays() {
        reroute.playbook("never", "when: {event: before-move}\nsteps:\n  - veto: {command: [\"false\"]}\n");
        start();
        lab.sshd().on("host1", "pkill -9 -x nginx");
        Lab.await("host2 carries www-1", () -> lab.nextHop("192.168.1.33").equals("192.168.1.3"));
        lab.sshd().on("host1", "nginx");
        awaitHistory("not-moved www-1: playbook never, step 1 of 1 (veto) vetoed: exit status 1");
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.3");
    }

    @Test
    void aMoveWaitsForAPlaybookThatSaysSoAndNoLongerThanItsDeadlines() {
        reroute.playbook("patient", """
                                    when: {event: server-suspect, server: host1, before: move}
                                    steps:
                                      - wait: {for: 2s, within: 3s}
                                      - run: {at: server, command: [nginx]}
                                      - recheck: {within: 2s}
                                    """);
        start();
        lab.sshd().on("host1", "pkill -9 -x nginx");
        awaitHistory("host1 web: ended: host1 answers again");
        assertThat(lab.in("gw1", "ip route show proto 201")).isBlank();
        assertThat(reroute.log()).contains("health host1 web: UP -> DOWN");
        assertThat(history()).doesNotContain("moved www-1");
    }

    // ---- commands that misbehave -------------------------------------------------------------------------------------

    @Test
    void whatNeverEndsIsEndedWithAllItHasStarted() {
        reroute.playbook("stuck",
                """
                steps:
                  - run: {at: host1, command: [sh, -c, "sleep 4711 & sleep 4711 & wait"], within: 1s, if-failed: go-on}
                  - run: {at: controller, command: [sh, -c, "sleep 4712 & sleep 4712 & wait"], within: 1s}
                """);
        start();
        String told = play(1, "stuck");
        assertThat(told).contains("step 1 of 2 (run): did not end within 1s and was ended")
                .contains("step 2 of 2 (run) did not end within 1s and was ended");
        assertThat(Shellout.attempt(List.of("pgrep", "-f", "sleep 471[12]")).text()).isBlank();
    }

    @Test
    void aFloodAndABinaryFileAreCutAndHarmless() {
        reroute.playbook("loud",
                """
                steps:
                  - run: {at: host1, command: [sh, -c, "head -c 300000000 /dev/zero | tr '\\\\0' x; echo; echo the end"], within: 5m}
                  - run: {at: controller, command: [sh, -c, "printf 'a\\\\033[31mb\\\\000c'; head -c 100000 /dev/urandom"]}
                """);
        start();
        assertThat(play(0, "loud")).contains("done (the end)").doesNotContain("\u001b");
        assertThat(reroute.ask("history", "--json").text()).hasSizeLessThan(60_000).doesNotContain("\u001b");
        assertThat(reroute.process().isAlive()).isTrue();
    }

    @Test
    void namesAndOutputsAreDataWhereverTheyGo() throws IOException {
        Path told = lab.folder().resolve("told");
        reroute.write("channels.yaml", "channels:\n  file: {command: [sh, -c, \"cat >> " + told + "\"]}\n");
        reroute.playbook("quotes",
                """
                steps:
                  - run: {at: host1, command: [printf, "%s\\n", "it's \\"$(touch /tmp/reroute-owned)\\"; `id`", "line\\ntwo & <b>"]}
                  - notify: {to: file, text: "{output}"}
                  - run: {at: controller, command: [sh, -c, 'test "$REROUTE_OUTPUT" = x || printf %s "$REROUTE_TEXT$REROUTE_HOME"']}
                """);
        start();
        assertThat(play(0, "quotes")).contains("done (two & <b>)").contains(reroute.home().toString());
        Lab.await("it is told", () -> isWritten(told));
        assertThat(Files.readString(told)).contains("it's \\\"$(touch /tmp/reroute-owned)\\\"; `id`");
        assertThat(Path.of("/tmp/reroute-owned")).doesNotExist();
    }

    /** A shell makes a file before it writes to it. */
    private static boolean isWritten(Path file) {
        return Files.exists(file) && !LabSshd.read(file).isEmpty();
    }

    @Test
    void secretsOfTheDaemonAreNotHandedToCommands() {
        reroute.playbook("environment",
                "steps:\n  - run: {at: controller, command: [env]}\n  - notify: {to: file, text: \"{output}\"}\n");
        Path told = lab.folder().resolve("environment");
        reroute.write("channels.yaml", "channels:\n  file: {command: [sh, -c, \"cat >> " + told + "\"]}\n");
        reroute.daemonWith(List.of("env", "GW1_ENABLE=verysecret"));
        play(0, "environment");
        Lab.await("it is told", () -> isWritten(told));
        assertThat(LabSshd.read(told)).contains("REROUTE_HOME").doesNotContain("verysecret");
    }

    // ---- ends and beginnings of the daemon ---------------------------------------------------------------------------

    @Test
    void ofADaemonThatWasKilledBetweenTwoStepsItIsKnownWhatWasDone() {
        Path proof = lab.folder().resolve("proof");
        reroute.playbook("long",
                "steps:\n  - run: {at: controller, command: [sh, -c, \"echo once >> " + proof + "\"]}\n"
                        + "  - wait: {for: 1m}\n  - run: {at: controller, command: [sh, -c, \"echo twice >> " + proof
                        + "\"]}\n");
        start();
        Thread.ofVirtual().start(() -> {
            try {
                reroute.ask("play", "long");
            } catch (UncheckedIOException e) {
                assertThat(e).hasMessageContaining("the daemon ended in the middle of the answer");
            }
        });
        awaitHistory("step 1 of 3 (run): done");
        Lab.await("the second step is under way",
                () -> reroute.ask("jobs").text().contains("under way: long, step 2 of 3 (wait)"));
        reroute.kill();
        reroute.daemon();
        awaitHistory("cut off by the end of the process in step 2 of 3 (wait");
        assertThat(history()).contains("; what was done before stands in the history; the 1 after it were not done;"
                + " nothing is repeated");
        assertThat(LabSshd.read(proof)).isEqualTo("once\n");
    }

    @Test
    void aPlaybookThatIsItsOwnCauseIsHeld() {
        reroute.playbook("loop",
                """
                when: {event: moved, service: www-1}
                steps:
                  - run: {at: controller, command: [sh, -c, 'reroute-next() { case $1 in host1) echo host2;; *) echo host1;; esac; }; reroute-next {to} > /dev/null'], if-failed: go-on}
                  - move: {service: www-1, to: "{from}"}
                """);
        start();
        moves("www-1", "host2");
        awaitHistory("was started 5 times in 1m; it may be its own cause, and is not started until that is over");
    }

    @Test
    void aScheduleIsKeptAndNothingRunsTwiceAtOnce() {
        Path proof = lab.folder().resolve("ticks");
        reroute.playbook("tick",
                "schedule: \"* * * * * ?\"\nsteps:\n  - run: {at: controller, command: [sh, -c, \"echo begin >> "
                        + proof + "; sleep 1.5; echo end >> " + proof + "\"]}\n");
        start();
        assertThat(reroute.ask("jobs").text()).contains("tick").contains("* * * * * ?");
        Lab.await("it ran three times",
                () -> Files.exists(proof) && LabSshd.read(proof).split("end").length > 3);
        assertThat(LabSshd.read(proof)).doesNotContain("begin\nbegin");
    }

    @Test
    void aStartThatWasMissedIsToldOfOrMadeUpFor() {
        Path proof = lab.folder().resolve("made-up");
        reroute.playbook("skipped",
                "schedule: \"* * * * * ?\"\nsteps:\n  - run: {at: controller, command: [\"true\"]}\n");
        reroute.playbook("made-up",
                "schedule: \"0 0 4 1 1 ?\"\nmissed: run\nsteps:\n  - run: {at: controller, command: [touch, "
                        + proof + "]}\n");
        start();
        Lab.await("it began", () -> history().contains("play skipped"));
        reroute.kill();
        reroute.daemonWith(List.of("env", "LD_PRELOAD=" + NeighboursIT.FAKETIME, "FAKETIME=+400d",
                "FAKETIME_DONT_FAKE_MONOTONIC=1"));
        awaitHistory("was missed while nobody ran; it is not made up for");
        awaitHistory("was missed while nobody ran; it is made up for now");
        Lab.await("it was made up for", () -> Files.exists(proof));
    }

    private static void program(Path folder, String name, String script) throws IOException {
        Path file = Files.writeString(Files.createDirectories(folder).resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void theShippedWordsToPeopleAreSaidAndRecordsAreKept() throws IOException {
        Path programs = reroute.home().resolve("programs");
        Path told = reroute.home().resolve("told");
        Path recorded = reroute.home().resolve("recorded");
        program(programs, "logger", "printf '%s\\n' \"$*\" >> " + recorded);
        program(programs, "reroute", "exec " + reroute.command().stream().map(w -> "'" + w + "'")
                .collect(Collectors.joining(" ")) + " \"$@\"");
        reroute.write("channels.yaml", "channels:\n  ops: {command: [sh, -c, \"cat >> " + told + "\"]}\n");
        for (String name : List.of("mail", "takeover", "record-only", "morning-report", "drill")) {
            reroute.playbook(name, shipped(name));
        }
        reroute.daemonWith(List.of("env", "PATH=" + programs + ":/usr/sbin:/usr/bin:/sbin:/bin"));
        Lab.await("every service is at an UP server", () -> reroute.ask("status").status() == 0);
        play(0, "takeover", "--service", "www-1", "--server", "host3");
        carriedBy("192.168.1.33", 3);
        lab.sshd().on("host2", "pkill -9 -x nginx");
        carriedBy("192.168.1.65", 3);
        Lab.await("it is recorded", () -> isWritten(recorded));
        assertThat(recorded).hasContent("-t reroute -p daemon.warning -- host2 (192.168.1.3) failed web");
        play(0, "morning-report");
        play(0, "drill");
        Lab.await("all is told", () -> Files.exists(told) && LabSshd.read(told).contains("reroute this morning")
                && LabSshd.read(told).contains("refused: ") && LabSshd.read(told).contains("www-2 (192.168.1.64/27)")
                && LabSshd.read(told).contains("SERVICE"),
                () -> LabSshd.read(told));
        assertThat(LabSshd.read(told)).contains("www-1 was taken to host3")
                .contains("www-1 (192.168.1.32/27) went from host1 to host3").contains("host2");
    }

    @Test
    void aStepIsTriedAsOftenAsItSays() {
        Path proof = reroute.home().resolve("tries");
        reroute.playbook("tries", "steps:\n  - run: {at: controller, command: [sh, -c, \"echo x >> " + proof
                + "; test $(wc -l < " + proof + ") = 3\"], tries: 4}\n");
        start();
        assertThat(play(0, "tries")).contains("try 1 of 4: exit status 1").contains("try 2 of 4").contains("done");
        assertThat(LabSshd.read(proof)).isEqualTo("x\nx\nx\n");
    }
}
