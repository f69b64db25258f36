package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes on around the daemon does not stop the watch: a blocked log, reloads without end, being stopped. */
class UndisturbedIT extends OnReferenceNetwork {

    private static final String CHECKS = "web: {http: \"http://{server}/\", every: 2s, fast: 200ms, timeout: 200ms, fall: 3}";

    @BeforeEach
    void home() {
        reroute.inventory(CHECKS, "checks: [web], soak: 1s");
    }

    private void carriedBy(int host) {
        Lab.await("www-1 is carried by host" + host,
                () -> lab.nextHop("192.168.1.33").equals("192.168.1." + (host + 1)),
                () -> reroute.ask("status").text() + reroute.log());
    }

    /** Of a pipe that is full before it begins and that nobody reads. */
    private void daemonWithBlockedLog(Path pipe) {
        reroute.daemonWith(List.of("sh", "-c", "mkfifo " + pipe + "; exec 3<>" + pipe + "; dd if=/dev/zero of=" + pipe
                + " bs=4096 count=64 oflag=nonblock 2>/dev/null; exec \"$@\" >&3 2>&3", "sh"));
    }

    @Test
    void aLogThatNobodyReadsStopsNeitherTheWatchNorAnAnswer() {
        Path pipe = reroute.home().resolve("pipe");
        daemonWithBlockedLog(pipe);
        awaitAllUp();
        Lab.await("status tells of the log", () -> reroute.ask("status").text().contains("the log does not flow: "));
        lab.cutOff("host1");
        carriedBy(2);
        lab.plugIn("host1");
        assertThat(reroute.patiently("www-2", "to", "host3").status()).isZero();
        assertThat(reroute.ask("status", "--json").text()).contains("standard error has taken no log line for ");
        lab.start("ctl", lab.folder().resolve("read-late"), List.of("cat", pipe.toString()));
        Lab.await("the log flows again", () -> !reroute.ask("status").text().contains("the log does not flow"));
        Lab.await("all of it comes", () -> LabSshd.read(lab.folder().resolve("read-late"))
                .contains("moved www-1: www-1 host1 -> host2"), reroute::log);
        assertThat(reroute.stop()).isLessThan(2 * reroute.startMillis());
    }

    @Test
    void reloadsWithoutEndLeaveADeadServerAsSoonAsNoneAndKeepTheSession() {
        reroute.daemon();
        awaitAllUp();
        String sessions = sessions();
        String files = reroute.read("lab.yaml");
        AtomicBoolean over = new AtomicBoolean();
        Thread storm = Thread.ofVirtual().start(() -> {
            for (int i = 0; !over.get(); i++) {
                // Every other time nothing is changed at all.
                reroute.write("lab.yaml", files.replace("soak: 1s", "soak: " + (1 + i / 2 % 2) + "s"));
                reroute.ask("reload");
                LockSupport.parkNanos(100_000_000L);
            }
        });
        try {
            Lab.await("some reloads are over", () -> reroute.log().split("services now", -1).length > 5);
            lab.cutOff("host1");
            carriedBy(2);
            assertThat(sessions()).as("established with the router").isEqualTo(sessions);
            assertThat(reroute.log()).contains("reload: nothing has changed");
        } finally {
            over.set(true);
            join(storm);
            lab.plugIn("host1");
        }
    }

    private static String sessions() {
        return lab.in("gw1", "ss -Hnt state established sport = :22 | awk '{print $4}'");
    }

    @Test
    void signalsWithoutEndAreOneReloadMoreAndStopNothing() {
        reroute.daemon();
        awaitAllUp();
        lab.cutOff("host1");
        try {
            Lab.await("www-1 is carried by host2", () -> {
                Shellout.run("kill", "-HUP", Long.toString(reroute.process().pid()));
                return lab.nextHop("192.168.1.33").equals("192.168.1.3");
            }, reroute::log);
        } finally {
            lab.plugIn("host1");
        }
    }

    @Test
    void stoppedForAWhileItSaysSoAndBelievesNothingFromBefore() {
        reroute.daemon();
        awaitAllUp();
        String pid = Long.toString(reroute.process().pid());
        Shellout.run("kill", "-STOP", pid);
        lab.cutOff("host1");
        LockSupport.parkNanos(3_000_000_000L); // what is tested is that this long it does not run
        Shellout.run("kill", "-CONT", pid);
        Lab.await("it tells of the gap", () -> reroute.ask("history").text().contains("reroute did not run for "),
                () -> reroute.ask("history").text() + reroute.log());
        carriedBy(2);
        assertThat(reroute.ask("history").text().replaceAll("\\s+", " "))
                .containsPattern("did not run for [3-9]\\.\\ds \\(stopped, its machine paused");
        lab.plugIn("host1");
    }

    @Test
    void tellsTheServiceManagerThatItIsReadyGoesOnReloadsAndStops() {
        Path socket = reroute.home().resolve("notify");
        Path told = reroute.home().resolve("told");
        lab.start("ctl", told, List.of("python3", "-u", "-c", "import socket\n"
                + "s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)\ns.bind('" + socket + "')\n"
                + "while True: print(s.recv(4096).decode())"));
        Lab.await("somebody listens", () -> socket.toFile().exists());
        reroute.daemonWith(List.of("env", "NOTIFY_SOCKET=" + socket, "WATCHDOG_USEC=1000000"));
        awaitTold(told, "READY=1\nSTATUS=4 services, mode act");
        awaitTold(told, "WATCHDOG=1\nWATCHDOG=1");
        reroute.write("settings.yaml", "settings: {mode: observe}\n");
        Shellout.run("kill", "-HUP", Long.toString(reroute.process().pid()));
        awaitTold(told, "RELOADING=1\nMONOTONIC_USEC=");
        awaitTold(told, "READY=1\nSTATUS=4 services, mode observe");
        reroute.stop();
        awaitTold(told, "STOPPING=1");
    }

    @Test
    void whatOnlyARehearsalNeedsIsNotLoaded() {
        reroute.daemon();
        awaitAllUp();
        assertThat(Shellout.run(System.getProperty("java.home") + "/bin/jcmd",
                Long.toString(reroute.process().pid()), "VM.class_hierarchy").lines()
                .filter(l -> l.contains("net.reroute.rehearsal") || l.contains("net.reroute.simulation")
                        || l.contains("org.apache.sshd")))
                .isEmpty();
    }

    private static void awaitTold(Path told, String words) {
        Lab.await("it is told " + words, () -> LabSshd.read(told).contains(words), () -> LabSshd.read(told));
    }

    private static void join(Thread thread) {
        try {
            thread.join(20_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
