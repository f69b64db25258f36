package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The daemon on the reference network: real sshd, real routes, servers that really die. */
class DaemonIT extends OnReferenceNetwork {

    private static final String CHECKS = "web: {http: \"http://{server}/\", body: \"</html>\", every: 100ms, timeout: 100ms,"
            + " fall: 2}\nup: {icmp: \"{server}\", every: 50ms, timeout: 50ms, fall: 3}";

    @BeforeEach
    void start() {
        reroute.inventory(CHECKS, "checks: [web, up], soak: 1s");
        reroute.daemon();
        awaitAllUp();
    }

    private void carriedBy(String address, int host) {
        Lab.await(address + " is carried by host" + host, () -> lab.nextHop(address).equals("192.168.1." + (host + 1)));
    }

    private void awaitHistory(String text) {
        Lab.await("the journal tells: " + text,
                () -> reroute.ask("history").text().replaceAll("\\s+", " ").contains(text));
    }

    @Test
    void aCrashedWebServerIsLeftAndReturnedTo() {
        lab.crash("host1");
        carriedBy("192.168.1.33", 2);
        awaitHistory(
                "moved www-1 host1 -> host2: host1 is DOWN (web: connection refused); host2 is next [gw1: read back"
                        + " and probed] (detect");
        lab.serve("host1");
        Lab.await("host1 serves", () -> lab.listens("host1", 80));
        carriedBy("192.168.1.33", 1);
    }

    @Test
    void aServerThatFallsSilentIsLeft() {
        lab.cutOff("host1");
        try {
            carriedBy("192.168.1.33", 2);
            awaitHistory("up: no answer in 50ms");
        } finally {
            lab.plugIn("host1");
        }
    }

    @Test
    void aControllerCutOffFromEverythingTypesNothing() {
        lab.cutOff("ctl");
        Lab.await("it sees nobody", () -> reroute.ask("status").text().split(" DOWN ").length > 4);
        assertThat(reroute.ask("status").status()).isEqualTo(1);
        lab.plugIn("ctl");
        awaitAllUp();
        assertThat(lab.in("gw1", "ip route show proto 201")).isBlank();
    }

    @Test
    void aForeignNextHopIsReportedAndAHandEditIsKept() {
        lab.in("gw1", "ip route replace 192.168.1.32/27 via 192.168.1.29; ip route replace 192.168.1.64/27 via"
                + " 192.168.1.5");
        reroute.ask("resume"); // nothing was paused
        reroute.ask("reload");
        awaitHistory("gw1: has a next hop that is none of its servers (192.168.1.29) for 192.168.1.32/27");
        awaitHistory("at host4 on gw1; kept until released");
        assertThat(reroute.ask("release", "www-2").text()).contains("www-2 host4 -> host2");
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.29");
        Shellout.Done refused = reroute.ask("www-1", "to", "host2");
        assertThat(refused.status()).as(refused.text()).isEqualTo(1);
        Shellout.Done forced = reroute.ask("www-1", "to", "host2", "--force");
        assertThat(forced.status()).as(forced.text() + reroute.log()).isZero();
        carriedBy("192.168.1.33", 2);
    }

    @Test
    void aRouteThatVanishesIsMadeAgain() {
        lab.in("gw1", "ip route del 192.168.1.32/27");
        reroute.ask("reload");
        carriedBy("192.168.1.33", 1);
    }

    @Test
    void sigtermStopsAtOnceAndLeavesRoutesAndARestartHasNoRipple() {
        assertThat(reroute.ask("www-1", "to", "host3").status()).isZero();
        String before = lab.in("gw1", "ip route show table all");
        assertThat(reroute.stop()).isLessThan(2 * reroute.startMillis());
        assertThat(lab.in("gw1", "ip route show table all")).isEqualTo(before);
        assertThat(reroute.log()).contains("stopped; every route stays as it is");
        reroute.daemon();
        awaitAllUp();
        assertThat(lab.in("gw1", "ip route show table all")).isEqualTo(before);
        assertThat(reroute.ask("explain", "www-1").text()).contains("pinned to host3 by root");
    }

    @Test
    void aSecondDaemonOnTheSameStateIsRefused() {
        Shellout.Done second = reroute.cli("daemon");
        assertThat(second.status()).isEqualTo(1);
        assertThat(second.text()).contains("another reroute works on").contains("daemon, process");
    }

    @Test
    void aDaemonThatHoldsTheLockAndDoesNotAnswerIsNotOvertaken() throws IOException {
        Files.delete(reroute.home().resolve("state/socket"));
        Shellout.Done done = reroute.cli("www-1", "to", "host3");
        assertThat(done.status()).isEqualTo(1);
        assertThat(done.text()).contains("does not answer; nothing was changed");
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.2");
    }

    @Test
    void aBadInventoryKeepsTheLastGoodOne() {
        reroute.write("bad.yaml", "servers: {host9: {adress: 1.2.3.4}}\n");
        Shellout.Done reload = reroute.ask("reload");
        assertThat(reload.status()).isEqualTo(2);
        assertThat(reload.text()).contains("bad.yaml:1:19: unknown key 'adress'");
        assertThat(reroute.ask("status").status()).isZero();
    }

    @Test
    void aReloadThatTakesAServerInUseIsRefused() {
        String services = "services:\n  www-1: {prefix: 192.168.1.32/27, servers: [host2, host3], checks: [web, up]}\n";
        reroute.write("lab.yaml", reroute.routers() + Reroute.servers() + "checks:\n" + CHECKS.indent(2) + services);
        Shellout.Done refused = reroute.ask("reload");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.text()).contains("host1 carries www-1").contains("move it first, or use --force");
        assertThat(reroute.ask("reload", "--force", "--dry-run").text()).contains("would move www-1 host1 -> host2");
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.2");
        assertThat(reroute.ask("reload", "--force").status()).isZero();
        carriedBy("192.168.1.33", 2);
    }

    @Test
    void aServerThatDoesNotHoldTheAddressIsNotUpForThatService() {
        lab.sshd().start("host2", "192.168.1.3");
        lab.in("host2", "ip addr del 192.168.1.33/32 dev lo");
        try {
            reroute.write("lab.yaml", reroute.read("lab.yaml").replace("host2: {address: 192.168.1.3}",
                    "host2: {address: 192.168.1.3, user: root, key: " + lab.sshd().key() + ", known-hosts: "
                            + lab.sshd().knownHosts() + "}"));
            assertThat(reroute.ask("reload").status()).isZero();
            Lab.await("host2 was asked",
                    () -> reroute.ask("explain", "www-1").text().contains("does not hold 192.168.1.33"));
            assertThat(reroute.ask("explain", "www-2").text()).contains("holds 192.168.1.65");
            lab.cutOff("host1");
            carriedBy("192.168.1.33", 3);
        } finally {
            lab.in("host2", "ip addr add 192.168.1.33/32 dev lo");
            lab.sshd().kill("host2");
        }
    }

    @Test
    void sighupReadsTheInventoryAnew() {
        reroute.write("settings.yaml", "settings: {mode: observe}\n");
        Shellout.run("kill", "-HUP", Long.toString(reroute.process().pid()));
        Lab.await("it observes", () -> reroute.ask("status", "--json").text().contains("\"observe\""));
        reroute.write("settings.yaml", "settings: {mod: act}\n");
        Shellout.run("kill", "-HUP", Long.toString(reroute.process().pid()));
        Lab.await("it tells the mistake",
                () -> reroute.log().contains("reload: refused, the last good inventory stays"));
        assertThat(reroute.ask("status").status()).isZero();
        assertThat(reroute.ask("status").text()).contains("was refused, the inventory before it is in force: ")
                .contains("settings.yaml:1:12: ");
        reroute.write("settings.yaml", "settings: {mode: observe}\n");
        assertThat(reroute.ask("reload").status()).isZero();
        assertThat(reroute.ask("status").text()).doesNotContain("was refused");
    }

    @Test
    void aReloadBySignalThatFailsShowsInStatusWhateverFailed() throws IOException {
        Path settings = reroute.home().resolve("inventory/settings.yaml");
        Path playbooks = reroute.home().resolve("playbooks");
        Files.createSymbolicLink(settings, settings);
        refusedReload("settings.yaml:1:1: is a symbolic link that leads in a circle");
        Files.delete(settings);
        Files.createDirectory(settings);
        refusedReload("settings.yaml:1:1: is a folder, not a file");
        Files.delete(settings);
        Files.writeString(playbooks, "a file where a folder should be");
        refusedReload("playbooks:1:1: is a file, not a folder");
        Files.delete(playbooks);
        Path inventory = reroute.home().resolve("inventory");
        Path aside = reroute.home().resolve("aside");
        Files.move(inventory, aside);
        refusedReload("there is no such folder");
        Files.move(aside, inventory);
        assertThat(reroute.ask("reload").status()).isZero();
        assertThat(reroute.ask("status", "--json").text()).contains("\"reloadRefused\" : \"\"");
    }

    private void refusedReload(String why) {
        Shellout.run("kill", "-HUP", Long.toString(reroute.process().pid()));
        Lab.await("status tells: " + why, () -> reroute.ask("status", "--json").text().contains(why),
                () -> reroute.ask("status").text());
        assertThat(reroute.ask("status").text().replaceAll("\\s+", " "))
                .contains("was refused, the inventory before it is in force: ");
        assertThat(reroute.log()).contains(why);
    }

    @Test
    void underNohupItSaysThatSighupIsNotHeard() {
        reroute.kill();
        reroute.daemonWith(List.of("nohup"));
        assertThat(reroute.log()).contains("SIGHUP is ignored here, as nohup wants it; use 'reroute reload'");
        assertThat(reroute.ask("reload").status()).isZero();
    }

    @Test
    void theDaemonReadsNoFilesForWhoeverAsks() {
        Path secret = reroute.home().resolve("secret");
        LabSshd.write(secret, "top-secret");
        assertThat(reroute.ask("explain", "@" + secret).text()).doesNotContain("top-secret");
    }

    @Test
    void answersWhatIfWithoutTouchingAnything() {
        assertThat(reroute.ask("plan").text()).contains("nothing would move");
        assertThat(reroute.ask("plan", "--if-down", "host2").text()).contains("www-2").contains("host3 is next");
        assertThat(lab.in("gw1", "ip route show proto 201")).isBlank();
    }

    @Test
    void observesWithoutTyping() {
        reroute.write("settings.yaml", "settings: {mode: observe}\n");
        assertThat(reroute.ask("reload").status()).isZero();
        lab.crash("host4");
        awaitHistory("would type: ip route replace 192.168.1.128/27 proto 201 via 192.168.1.2");
        assertThat(lab.nextHop("192.168.1.129")).isEqualTo("192.168.1.5");
        lab.serve("host4");
        Lab.await("host4 serves", () -> lab.listens("host4", 80));
    }

    @Test
    void aLostRouterIsShownAndIsAlignedWhenItIsBack() {
        lab.sshd().kill("gw1");
        Lab.await("the router is shown lost", () -> reroute.ask("status").text().contains("unreachable"));
        lab.cutOff("host1");
        awaitHistory("not-moved www-1 host1 -> host2");
        lab.sshd().start("gw1", "192.168.1.1");
        try {
            carriedBy("192.168.1.33", 2);
        } finally {
            lab.plugIn("host1");
        }
    }

    @Test
    void aProbeIsNotTakenWhereTheRouterRedirectsUs() {
        lab.in("gw1", "sysctl -qw net.ipv4.conf.all.send_redirects=1 net.ipv4.conf.eth0.send_redirects=1");
        lab.in("ctl", "sysctl -qw net.ipv4.conf.all.accept_redirects=1 net.ipv4.conf.eth0.accept_redirects=1;"
                + " ping -c 3 -i 0.2 192.168.1.33 >/dev/null");
        try {
            Lab.await("ctl was redirected", () -> lab.in("ctl", "ip route get 192.168.1.33").contains("redirected"));
            Shellout.Done moved = reroute.ask("www-1", "to", "host3");
            assertThat(moved.status()).isZero();
            assertThat(moved.text()).contains("read back, not probed: this machine was redirected past the router");
        } finally {
            lab.in("gw1", "sysctl -qw net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.eth0.send_redirects=0");
            lab.in("ctl", "ip route flush cache");
        }
    }

    @Test
    void aFullDiskRefusesWishesAndStillFailsOver() {
        Path state = reroute.home().resolve("state");
        reroute.kill();
        Shellout.run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", state.toString());
        try {
            reroute.daemon();
            awaitAllUp();
            Shellout.attempt(List.of("sh", "-c", "cat /dev/zero > " + state + "/filler"));
            Shellout.Done refused = reroute.ask("www-1", "to", "host3");
            for (int i = 0; i < 40 && refused.status() == 0; i++) {
                refused = reroute.ask("www-1", "to", i % 2 == 0 ? "host2" : "host3", "--because", "x".repeat(3000));
            }
            assertThat(refused.status()).as(refused.text()).isEqualTo(1);
            assertThat(refused.text()).contains("cannot be written").contains("nothing was changed");
            lab.cutOff("host2");
            carriedBy("192.168.1.65", 3);
            assertThat(reroute.ask("status").text()).contains("the journal cannot be written");
            Shellout.Done history = reroute.ask("history");
            assertThat(history.status()).isEqualTo(1);
            assertThat(history.text()).contains("the newest rows are missing here, the journal cannot be written");
            Shellout.run("rm", state + "/filler");
            Lab.await("the journal is written again",
                    () -> !reroute.ask("status").text().contains("cannot be written"));
            awaitHistory("moved www-2 host2 -> host3");
        } finally {
            lab.plugIn("host2");
            reroute.kill();
            Shellout.run("umount", "-l", state.toString());
        }
    }

    @Test
    void itsOwnMoveThatNobodyCouldWriteDownIsItsOwnAfterARestart() {
        Path state = reroute.home().resolve("state");
        reroute.stop();
        Shellout.run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", state.toString());
        try {
            reroute.daemon();
            awaitAllUp();
            reroute.stop();
            Shellout.attempt(List.of("sh", "-c", "cat /dev/zero > " + state + "/filler"));
            reroute.daemon(); // on a full disk it watches all the same
            awaitAllUp();
            lab.cutOff("host2");
            carriedBy("192.168.1.65", 3);
            reroute.kill();
            reroute.daemon();
            Lab.await("it knows where www-2 is", () -> reroute.ask("explain", "www-2").text().contains("is at host3"));
            assertThat(reroute.ask("explain", "www-2").text()).doesNotContain("kept until released");
            Shellout.run("rm", state + "/filler");
            awaitHistory("at host3 on gw1, by a move of reroute that was not written down");
            lab.plugIn("host2");
            carriedBy("192.168.1.65", 2);
        } finally {
            lab.plugIn("host2");
            reroute.kill();
            Shellout.run("umount", "-l", state.toString());
        }
    }

    @Test
    void undoSaysWhatItTakesBackAndAPlaybookTakesBackNobodyElses() {
        well(reroute.ask("www-1", "to", "host3", "--because", "kernel"));
        Shellout.Done other = reroute.askAs("other", "undo");
        assertThat(other.status()).isEqualTo(1);
        assertThat(other.text()).contains("playbook other has wished for nothing");
        well(reroute.askAs("respawn", "www-2", "to", "host3", "--for", "1h"));
        assertThat(reroute.ask("plan").text().replaceAll("\\s+", " "))
                .contains("nothing would move now later, if nothing else happens:")
                .contains("www-2 host3 host2 pin www-2 ends");
        assertThat(reroute.ask("plan", "--json").text()).contains("\"what\" : \"pin www-2 ends\"");
        assertThat(well(reroute.askAs("respawn", "undo"))).contains("www-2 host3 -> host2");
        assertThat(reroute.ask("undo", "--dry-run").text())
                .startsWith("would undo: pin www-1 to host3 by root (kernel)")
                .contains("then: www-1 is pinned nowhere");
        assertThat(well(reroute.ask("undo"))).startsWith("undoing: pin www-1 to host3 by root (kernel)")
                .contains("www-1 host3 -> host1").contains("now: www-1 is pinned nowhere");
    }

    private static String well(Shellout.Done done) {
        assertThat(done.status()).as(done.text()).isZero();
        return done.text();
    }

    @Test
    void aDaemonThatIsStoppedIsNamedAndDoesNothingLater() {
        String process = Long.toString(reroute.process().pid());
        Shellout.run("kill", "-STOP", process);
        try {
            long began = System.nanoTime();
            Shellout.Done status = reroute.cli("status");
            assertThat(System.nanoTime() - began).as("nanoseconds; without a deadline it is for ever")
                    .isLessThan(20_000_000_000L);
            assertThat(status.status()).isEqualTo(6);
            assertThat(status.text()).contains("process " + process).contains("kill -CONT " + process);
            assertThat(reroute.cli("www-1", "to", "host3").status()).isEqualTo(1);
        } finally {
            Shellout.run("kill", "-CONT", process);
        }
        assertThat(reroute.ask("release", "www-1").status()).isZero();
        assertThat(reroute.ask("history").text()).doesNotContain("pin www-1");
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.2");
    }

    @Test
    void stoppedOnPurposeItEndsWellAndKilledItLeavesNothingBehind() throws java.io.IOException {
        reroute.stop();
        assertThat(reroute.process().exitValue()).isZero();
        Shellout.Done status = reroute.cli("status");
        assertThat(status.status()).as(status.text()).isEqualTo(6);
        Path temporary = Files.createDirectories(reroute.home().resolve("tmp"));
        reroute.daemonWith(List.of("env", "JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=" + temporary));
        assertThat(reroute.ask("history").status()).isZero();
        reroute.kill();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void killedAtAnyPointOfAMoveItKnowsWhereItStands() {
        for (int i = 0; i < 12; i++) {
            int delay = i * 4;
            Thread move = Thread.ofVirtual().start(() -> {
                try {
                    reroute.ask("www-1", "to", lab.nextHop("192.168.1.33").equals("192.168.1.2") ? "host3" : "host1");
                } catch (java.io.UncheckedIOException e) {
                    return; // killed in the middle of the answer, as intended
                }
            });
            java.util.concurrent.locks.LockSupport.parkNanos(delay * 1_000_000L);
            reroute.kill();
            join(move);
            String there = lab.nextHop("192.168.1.33");
            reroute.daemon();
            awaitAllUp();
            assertThat(reroute.ask("history", "--verify").text()).contains("the journal is whole");
            // A pin that was written and not yet fulfilled is fulfilled after the soak: both may still change, together.
            Lab.await("status agrees with the router", () -> reroute.ask("status").text().matches(
                    "(?s).*www-1 +[a-z]+ +192.168.1.32/27 +" + hostBehind(lab.nextHop("192.168.1.33")) + " .*"),
                    () -> reroute.ask("status").text() + reroute.log());
            assertThat(there).isIn("192.168.1.2", "192.168.1.4");
        }
    }

    private static String hostBehind(String nextHop) {
        return "host" + (Integer.parseInt(nextHop.replaceAll(".*\\.", "")) - 1);
    }

    private static void join(Thread thread) {
        try {
            assertThat(thread.join(Duration.ofMinutes(1))).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
