package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command line without a daemon, against a real sshd and a real kernel's routes. */
class CommandIT extends OnReferenceNetwork {

    private static final String CHECKS = "web: {http: \"http://{server}/\", body: \"</html>\", every: 200ms, timeout: 200ms}";

    @BeforeEach
    void atHome() {
        reroute.inventory(CHECKS, "checks: [web]");
    }

    private void expect(Shellout.Done done, int status, String... texts) {
        assertThat(done.status()).as(done.text()).isEqualTo(status);
        for (String text : texts) {
            assertThat(done.text().replaceAll("\\s+", " ")).contains(text);
        }
    }

    @Test
    void movesAPrefixAndLeavesAllElseByteForByte() {
        String before = lab.in("gw1", "ip route show table all; ip -6 route show table all");
        expect(reroute.cli("192.168.1.32/27", "to", "host3", "--because", "trial"), 0, "www-1 host1 -> host3",
                "read back and probed");
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.4");
        String after = lab.in("gw1", "ip route show table all; ip -6 route show table all");
        assertThat(after).isEqualTo(before.replace("192.168.1.32/27 via 192.168.1.2 dev eth0 ",
                "192.168.1.32/27 via 192.168.1.4 dev eth0 proto 201 "));
        expect(reroute.cli("history"), 0, "pin www-1 to host3 by root (trial)", "moved www-1 host1 -> host3");
        expect(reroute.cli("history", "--verify"), 0, "the journal is whole");
        Lab.await("a look, which ends after 3 s whatever it knows, has seen the router", () -> {
            Shellout.Done status = reroute.cli("status");
            return status.status() == 6 && status.text().contains("no daemon is running")
                    && status.text().replaceAll("\\s+", " ").contains("www-1 pinned 192.168.1.32/27 host3");
        });
        assertThat(reroute.cli("status").text()).doesNotContain("mode: observe");
        expect(reroute.cli("undo"), 0, "undoing: pin www-1 to host3 by root (trial)", "www-1 host3 -> host1",
                "now: www-1 is pinned nowhere");
    }

    @Test
    void tellsTheExactLineAndTypesNothing() {
        expect(reroute.cli("www-1", "to", "host3", "--dry-run"), 0,
                "would type: ip route replace 192.168.1.32/27 proto 201 via 192.168.1.4",
                "established TCP connections would meet another server");
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.2");
        assertThat(Files.exists(reroute.home().resolve("state/journal.db"))).isFalse();
    }

    @Test
    void keepsMetricSourceAndMtuAndLeavesOtherMetricsAlone() {
        lab.in("gw1",
                "ip route flush 192.168.1.32/27; ip route add 192.168.1.32/27 via 192.168.1.2 src 10.0.0.1 mtu 1400"
                        + " metric 50; ip route add 192.168.1.32/27 via 192.168.1.5 metric 60");
        expect(reroute.cli("www-1", "to", "host3"), 0, "read back");
        assertThat(lab.in("gw1", "ip route show 192.168.1.32/27").lines().map(String::strip)).containsExactly(
                "192.168.1.32/27 via 192.168.1.4 dev eth0 proto 201 src 10.0.0.1 metric 50 mtu 1400",
                "192.168.1.32/27 via 192.168.1.5 dev eth0 metric 60");
    }

    @Test
    void movesAnIpv6Prefix() {
        lab.in("gw1", "ip -6 route flush 2001:db8:33::/64; ip -6 route add 2001:db8:33::/64 via 2001:db8:1::2");
        reroute.write("lab.yaml",
                reroute.routers() + """
                                    servers:
                                      host1: {address: "2001:db8:1::2"}
                                      host3: {address: "2001:db8:1::4"}
                                    checks:
                                      up: {icmp: "{server}", every: 200ms}
                                    services:
                                      six: {prefix: "2001:db8:33::/64", servers: [host1, host3], checks: [up]}
                                    """);
        expect(reroute.cli("2001:db8:33::/64", "to", "host3"), 0, "six host1 -> host3", "read back and probed");
        assertThat(lab.in("gw1", "ip -6 route show 2001:db8:33::/64").strip())
                .startsWith("2001:db8:33::/64 via 2001:db8:1::4 dev eth0 proto 201 metric 1024");
    }

    @Test
    void movesThereAndBackOverLinkLocalNextHops() {
        for (int host : List.of(1, 3)) {
            lab.in("host" + host, "ip -6 addr add fe80::" + (host + 1) + "/64 dev eth0 nodad 2>/dev/null || :");
        }
        lab.in("gw1", "ip -6 route flush 2001:db8:33::/64; ip -6 route add 2001:db8:33::/64 via fe80::2 dev eth0");
        reroute.write("lab.yaml",
                reroute.routers() + """
                                    servers:
                                      host1: {address: "2001:db8:1::2", next-hop: "fe80::2%eth0"}
                                      host3: {address: "2001:db8:1::4", next-hop: "fe80::4%eth0"}
                                    checks:
                                      up: {icmp: "{server}", every: 2s}
                                    services:
                                      six: {prefix: "2001:db8:33::/64", servers: [host1, host3], checks: [up]}
                                    """);
        assertThat(reroute.cli("six", "to", "host3", "--dry-run").text().replaceAll("\\s+", " "))
                .contains("via fe80::4 dev eth0");
        expect(reroute.cli("six", "to", "host3"), 0, "six host1 -> host3", "read back and probed");
        assertThat(lab.in("gw1", "ip -6 route show 2001:db8:33::/64").strip())
                .startsWith("2001:db8:33::/64 via fe80::4 dev eth0 proto 201 metric 1024");
        expect(reroute.cli("six", "to", "host1"), 0, "six host3 -> host1", "read back and probed");
        assertThat(lab.in("gw1", "ip -6 route show 2001:db8:33::/64").strip())
                .startsWith("2001:db8:33::/64 via fe80::2 dev eth0 proto 201 metric 1024");
    }

    @Test
    void sharesAPrefixOverTwoServers() {
        lab.in("gw1", "ip route flush 192.168.1.32/27; ip route add 192.168.1.32/27 nexthop via 192.168.1.2 nexthop via"
                + " 192.168.1.3");
        reroute.inventory(CHECKS, "checks: [web], share: 2");
        expect(reroute.cli("drain", "host1"), 0, "www-1 host1+host2 -> host2+host3");
        assertThat(lab.in("gw1", "ip route show 192.168.1.32/27")).contains("proto 201")
                .contains("nexthop via 192.168.1.3").contains("nexthop via 192.168.1.4").doesNotContain("192.168.1.2 ");
    }

    @Test
    void worksInATableOfItsOwn() {
        lab.in("gw1",
                "ip route flush table 77 2>/dev/null || true; ip route add 192.168.1.32/27 via 192.168.1.2 table 77");
        String main = lab.in("gw1", "ip route");
        reroute.write("lab.yaml", reroute.routers().replace("user: root", "user: root, table: 77") + Reroute.servers()
                + "checks:\n  " + CHECKS
                + "\nservices:\n  www-1: {prefix: 192.168.1.32/27, servers: [host1, host3], checks: [web]}\n");
        reroute.cli("www-1", "to", "host3");
        assertThat(lab.in("gw1", "ip route show table 77").strip())
                .isEqualTo("192.168.1.32/27 via 192.168.1.4 dev eth0 proto 201");
        assertThat(lab.in("gw1", "ip route")).isEqualTo(main);
    }

    @Test
    void makesAMissingRouteOnlyWhenAsked() {
        lab.in("gw1", "ip route del 192.168.1.32/27");
        expect(reroute.cli("explain", "www-1"), 0, "never seen one there; 'reroute www-1 to host1' makes it");
        assertThat(lab.in("gw1", "ip route show 192.168.1.32/27")).isBlank();
        expect(reroute.cli("www-1", "to", "host1"), 0, "read back");
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.2");
    }

    @Test
    void saysWhichMistakeWasMade() {
        expect(reroute.cli("192.168.1.33/27", "to", "host3"), 2, "the prefix is 192.168.1.32/27");
        expect(reroute.cli("www-1", "to", "hots3"), 2, "no server 'hots3', did you mean 'host3'?");
        expect(reroute.cli("stauts"), 2, "unknown command 'stauts', did you mean 'status'?");
        expect(reroute.cli("www-1", "too", "host3"), 2);
        expect(reroute.cli("www-1", "to", "host3", "--for", "2h"), 1, "--for needs the daemon");
        expect(reroute.cli("drain"), 2);
        expect(reroute.cli("reload"), 1, "no daemon is running");
        reroute.write("bad.yaml", "services: {www-9: {prefx: 1.2.3.4/33}}\n");
        expect(reroute.cli("status"), 2, "inventory/bad.yaml:1:20: unknown key 'prefx' in service www-9, did you mean"
                + " 'prefix'?");
    }

    @Test
    void aGoodServerStaysGoodWhileAnotherIsWaitedFor() {
        reroute.inventory("web: {http: \"http://{server}/\", every: 1s, timeout: 1s}\n"
                + "slow: {tcp: \"{server}:81\", every: 1s, fast: 1s, timeout: 1s, fall: 5}", "checks: [web]");
        reroute.write("lab.yaml",
                reroute.read("lab.yaml").replace("host4, host1], checks: [web]", "host4, host1], checks: [slow]"));
        // The drain waits for www-2's servers, whose verdict takes longer than web's stays fresh.
        expect(reroute.cli("drain", "host1"), 0, "www-1 host1 -> host2");
    }

    @Test
    void anUnreachableRouterIsExitThree() {
        reroute.write("lab.yaml",
                reroute.read("lab.yaml").replace("address: 192.168.1.1,", "address: 192.168.1.1:23,"));
        expect(reroute.cli("www-1", "to", "host3"), 3, "gw1: root@192.168.1.1:23 cannot be reached");
    }

    @Test
    void aWrongHostKeyIsRefused() throws IOException {
        Path known = reroute.home().resolve("known");
        Shellout.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", known + "-key");
        LabSshd.write(known, "192.168.1.1 " + Files.readString(Path.of(known + "-key.pub")));
        reroute.write("lab.yaml",
                reroute.read("lab.yaml").replaceAll("known-hosts: \\S+}", "known-hosts: " + known + "}"));
        expect(reroute.cli("www-1", "to", "host3"), 1, "is not the one in", "somebody else answers in its place");
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.2");
    }

    @Test
    void aRefusedLoginAndALockedKeyAreSaid() {
        Path stranger = reroute.home().resolve("stranger");
        Shellout.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", stranger.toString());
        String text = reroute.read("lab.yaml");
        reroute.write("lab.yaml", text.replaceAll("key: \\S+,", "key: " + stranger + ","));
        expect(reroute.cli("www-1", "to", "host3"), 1, "refused the login with the key");
        Path locked = reroute.home().resolve("locked");
        Shellout.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "secret", "-f", locked.toString());
        reroute.write("lab.yaml", text.replaceAll("key: \\S+,", "key: " + locked + ","));
        expect(reroute.cli("www-1", "to", "host3"), 1, "has a passphrase; load it into an ssh-agent");
    }

    @Test
    void logsInThroughAnAgent() throws IOException {
        Path socket = reroute.home().resolve("agent");
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start();
        try {
            Lab.await("the agent listens", () -> Files.exists(socket));
            Shellout.run("env", "SSH_AUTH_SOCK=" + socket, "ssh-add", "-q", lab.sshd().key().toString());
            reroute.write("lab.yaml", reroute.read("lab.yaml").replaceAll("key: \\S+,", "agent: true,"));
            expect(reroute.with("SSH_AUTH_SOCK", socket.toString(), "www-1", "to", "host3"), 0, "read back and probed");
            expect(reroute.with("SSH_AUTH_SOCK", "/nowhere", "www-1", "to", "host1"), 1, "no ssh-agent answers");
        } finally {
            agent.destroyForcibly();
        }
    }

    @Test
    void aRouterThatTakesTheBatchAndChangesNothingIsFoundOut() {
        router("case \"$*\" in *-force\\ -batch*|*\"-batch - \"*) : ;; esac\n"
                + "for a in \"$@\"; do last=$a; done\n"
                + "[ \"$1 $2\" = '-force -batch' ] && exec cat >/dev/null\nexec /sbin/ip \"$@\"\n");
        try {
            expect(reroute.cli("www-1", "to", "host3"), 4, "it took the change and did not make it, put back");
        } finally {
            usualRouter();
        }
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.2");
    }

    /** A router whose ip is this script. */
    private void router(String script) {
        Path programs = reroute.home().resolve("programs");
        try {
            Files.createDirectories(programs);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        LabSshd.write(programs.resolve("ip"), "#!/bin/sh\n" + script);
        assertThat(programs.resolve("ip").toFile().setExecutable(true)).isTrue();
        lab.sshd().kill("gw1");
        lab.sshd().startWithPrograms("gw1", programs, "192.168.1.1");
    }

    private static void usualRouter() {
        lab.sshd().kill("gw1");
        lab.sshd().start("gw1", "192.168.1.1");
    }

    @Test
    void aRouterThatDiesInTheMiddleOfAThousandChangesIsReadAnew() {
        StringBuilder services = new StringBuilder("services:\n");
        StringBuilder routes = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            String prefix = "10.9." + (i >> 8) + "." + (i & 255) + "/32";
            services.append("  s").append(i).append(": {prefix: ").append(prefix)
                    .append(", servers: [host1, host2], checks: [web]}\n");
            routes.append("route add ").append(prefix).append(" via 192.168.1.2\n");
        }
        lab.in("gw1", "ip -batch - <<'E'\n" + routes + "E");
        lab.in("host2", "ip route add local 10.9.0.0/16 dev lo");
        reroute.write("lab.yaml", reroute.routers() + Reroute.servers() + "checks:\n  " + CHECKS + "\n" + services);
        Path once = reroute.home().resolve("once");
        router("[ \"$1 $2\" = '-force -batch' ] && [ ! -e " + once + " ] && { touch " + once
                + "; head -n 500 | /sbin/ip -batch -; kill -9 $PPID; }\nexec /sbin/ip \"$@\"\n");
        try {
            expect(reroute.cli("drain", "host1"), 0, "services host1 -> host2: host1 is in maintenance");
        } finally {
            usualRouter();
        }
        assertThat(lab.in("gw1", "ip route show proto 201 via 192.168.1.3 | wc -l").strip()).isEqualTo("1000");
        lab.in("gw1", "ip route flush proto 201");
    }

    @Test
    void twoCommandsAtOnceDoNotTypeOverEachOther() throws InterruptedException {
        List<Shellout.Done> done = new java.util.concurrent.CopyOnWriteArrayList<>();
        Thread other = Thread.ofPlatform().start(() -> done.add(reroute.cli("www-1", "to", "host3")));
        done.add(reroute.cli("www-1", "to", "host4"));
        assertThat(other.join(Duration.ofMinutes(2))).isTrue();
        assertThat(done).allSatisfy(d -> assertThat(d.status()).as(d.text()).isZero());
        expect(reroute.cli("history", "--verify"), 0, "the journal is whole");
        assertThat(lab.nextHop("192.168.1.33")).isIn("192.168.1.4", "192.168.1.5");
    }

    @Test
    void aUserWhoMayNotReadTheStateIsToldWhichGroupToJoin() throws IOException {
        reroute.ok("www-1", "to", "host3");
        Files.setPosixFilePermissions(reroute.home().resolve("state"),
                java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-x---"));
        lab.openFolders();
        expect(reroute.asNobody("status"), 1,
                "which is root's; run it as root, or give that folder to the group of your"
                        + " admins: chgrp -R GROUP");
        Shellout.run("chgrp", "-R", "users", reroute.home().resolve("state").toString());
        expect(reroute.asNobody("status"), 1, "have yourself added to the group users: usermod -aG users nobody");
    }

    @Test
    void aUserWhoMayNotPingIsToldWhatToDo() throws IOException {
        reroute.write("lab.yaml", reroute.read("lab.yaml").replaceAll("key: \\S+,", "agent: true,")
                .replaceAll("known-hosts: [^}]+", "ssh-config: /dev/null")
                .replaceAll("web: \\{.*}", "web: {icmp: \"{server}\"}"));
        lab.openFolders();
        Shellout.run("chmod", "644", reroute.home().resolve("inventory/lab.yaml").toString());
        Shellout.Done done = reroute.asNobody("status");
        expect(done, 1, "this user may not ping", "net.ipv4.ping_group_range", "CAP_NET_RAW");
    }

    @Test
    void worksForAUserWithSudoOnly() throws IOException {
        Shellout.attempt(List.of("useradd", "--system", "--shell", "/bin/sh", "--no-create-home",
                "--password", "*", "rr-lab"));
        Path sudoers = Path.of("/etc/sudoers.d/rr-lab");
        try {
            Files.writeString(sudoers, "rr-lab ALL=(root) NOPASSWD: /sbin/ip, /usr/sbin/ip, /usr/bin/ip, /bin/ip\n");
            lab.openFolders();
            reroute.write("lab.yaml", reroute.read("lab.yaml").replace("user: root", "user: rr-lab, become: sudo"));
            expect(reroute.cli("www-1", "to", "host3"), 0, "read back and probed");
            Files.delete(sudoers);
            expect(reroute.cli("www-1", "to", "host1"), 1, "allow rr-lab to run ip with sudo -n");
        } finally {
            Files.deleteIfExists(sudoers);
            Shellout.attempt(List.of("userdel", "rr-lab"));
        }
    }
}
