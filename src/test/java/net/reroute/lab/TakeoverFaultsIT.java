package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong with takeovers, each on purpose. */
class TakeoverFaultsIT extends OnFlatLan {

    private void failover() {
        lab.cutOff("host1");
    }

    @Test
    void aBackupWithoutTheInterfaceIsPassedOver() {
        flat.inventory(reroute, Flat.FAST, ", soak: 1s");
        reroute.write("lab.yaml",
                reroute.read("lab.yaml").replaceFirst("(host2: .*)interface: eth0", "$1interface: eth9"));
        reroute.daemon();
        awaitAllUp();
        failover();
        told("lan: refused: host2: Cannot find device \"eth9\"");
        told("moved mail host1 -> host3");
        assertThat(flat.holders(Flat.V4)).contains("host3").doesNotContain("host2");
    }

    @Test
    void anAddressThatAStrangerClaimsIsTakenOverFromADeadServerAndOtherwiseLeftToIt() {
        daemon();
        lab.in("neighbour", "ip addr add " + Flat.V4 + "/27 dev eth0; ip addr add " + Flat.V6 + "/64 dev eth0 nodad");
        try {
            failover();
            String stranger = lab.in("neighbour", "cat /sys/class/net/eth0/address").strip();
            told("another machine answers for " + Flat.V4 + " (" + stranger + "), which is none of its servers");
            told("another machine answers for " + Flat.V6 + " (" + stranger + "), which is none of its servers");
            told("it was taken over all the same, and each claim is answered");
            Lab.await("both are at host2", () -> flat.holders(Flat.V4).contains("host2")
                    && flat.holders(Flat.V6).contains("host2"), reroute::log);
            Shellout.Done planned = reroute.patiently("mail", "to", "host3");
            assertThat(planned.status()).isNotZero();
            assertThat(planned.text()).contains("another machine answers for " + Flat.V4);
            assertThat(flat.holders(Flat.V4)).contains("host2").doesNotContain("host3");
        } finally {
            lab.in("neighbour", "ip addr del " + Flat.V4 + "/27 dev eth0; ip addr del " + Flat.V6 + "/64 dev eth0");
        }
    }

    @Test
    void aServerThatRefusesSudoIsPassedOver() {
        programs("sudo", "echo 'sudo: a password is required' >&2; exit 1", "host2");
        flat.inventory(reroute, Flat.FAST, ", soak: 1s");
        reroute.write("lab.yaml", reroute.read("lab.yaml").replaceFirst("(host2: .*)interface: eth0",
                "$1become: sudo, interface: eth0"));
        reroute.daemon();
        awaitAllUp();
        failover();
        told("host2 refuses 'ip': sudo: a password is required; allow root to run ip with sudo -n");
        told("moved mail host1 -> host3");
    }

    @Test
    void withNeitherPerlNorPythonArpingAnnounces() {
        Path said = lab.folder().resolve("arping-said");
        programs("perl", "exit 127", "host2");
        programs("python3", "exit 127", "host2");
        programs("arping", "echo \"$@\" >> " + said, "host2");
        daemon();
        failover();
        told("moved mail host1 -> host2");
        Lab.await("both forms",
                () -> Files.exists(said) && LabSshd.read(said).contains("-U") && LabSshd.read(said).contains("-A"),
                () -> reroute.log());
        assertThat(LabSshd.read(said)).contains("-I eth0").contains(Flat.V4).doesNotContain(Flat.V6);
        assertThat(reroute.log()).contains("arping knows no IPv6");
    }

    @Test
    void aMasterThatWasNeverSeenIsTakenOverAllTheSame() {
        lab.sshd().kill("host1");
        daemon();
        failover();
        told("moved mail host1 -> host2");
        told("moved mail6 host1 -> host2");
        assertThat(flat.holders(Flat.V4)).contains("host2");
    }

    @Test
    void aBackupThatDiesIsFollowedByTheNext() {
        daemon();
        failover();
        told("moved mail host1 -> host2");
        lab.cutOff("host2");
        told("moved mail host2 -> host3");
        told("moved mail6 host2 -> host3");
        lab.plugIn("host2");
        Lab.await("the one that was followed gives it up", () -> !flat.holders(Flat.V4).contains("host2"),
                reroute::log);
    }

    @Test
    void withoutRawFramesItSaysSoAtStartAndTakesOverAllTheSame() {
        flat.inventory(reroute, WEB, ", soak: 1s");
        reroute.daemonWith(List.of("setpriv", "--bounding-set=-net_raw,-net_admin", "--inh-caps=-net_raw,-net_admin"));
        awaitAllUp();
        assertThat(reroute.log())
                .contains("takeover-limited lan: raw frames on eth0: this process may not use raw frames"
                        + " (in its systemd unit: AmbientCapabilities=CAP_NET_RAW); the servers hear in its place");
        failover();
        told("moved mail host1 -> host2");
    }

    @Test
    void theFirstWordsOfASlowServerAreNotAnsweredAsAStrangersClaim() {
        programs("perl", "/usr/bin/perl \"$@\" | while read -r line; do sleep 0.05; echo \"$line\"; done", "host3");
        daemon();
        try (Capture capture = new Capture(lab, "neighbour", "arp")) {
            done(reroute.patiently("mail", "to", "host3"));
            capture.await(10, Flat.V4, flat.hardware("host3"), f -> true);
            assertThat(capture.announcements(Flat.V4, flat.hardware("host1"))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"perl", "python3"})
    void whereOnlyTheServerHearsWhatALameMasterSaysIsAnsweredBehindAllTheSame(String program) {
        String other = program.equals("perl") ? "python3" : "perl";
        programs(other, "exit 127", "host2");
        flat.inventory(reroute, WEB, ", soak: 1s, failback: manual, refresh: 1h");
        reroute.daemonWith(List.of("setpriv", "--bounding-set=-net_raw,-net_admin", "--inh-caps=-net_raw,-net_admin"));
        awaitAllUp();
        lab.sshd().kill("host1");
        lab.crash("host1");
        told("moved mail host1 -> host2");
        told("moved mail6 host1 -> host2");
        announced("([4-9]|\\d\\d+)"); // the burst; there is no refresh
        lab.in("neighbour", "ip neigh flush to " + Flat.V4 + "; ip -6 neigh flush to " + Flat.V6);
        for (String address : List.of(Flat.V4, Flat.V6)) {
            lab.attempt("neighbour", "ping -c 1 -W 1 " + address);
            Lab.await("the client knows where " + address + " is",
                    () -> flat.believed("neighbour", address).equals(flat.hardware("host2")), reroute::log);
        }
        announced("\\d\\d|[7-9]");
        assertThat(lab.running("host2", "reroute keeps this running")).as("one program, kept").hasSize(1);
    }

    private void announced(String times) {
        for (String address : List.of(Flat.V4, Flat.V6)) {
            Lab.await(address + " is announced", () -> reroute.ask("status").text()
                    .matches("(?s).*" + address + " +host2 +(" + times + ") times.*"),
                    () -> reroute.ask("status").text() + reroute.log());
        }
    }

    @Test
    void aProgramThatIsKilledOnAServerIsStartedAgain() {
        daemon(Flat.FAST, ", failback: manual");
        lab.running("host2", "reroute keeps this running").forEach(ProcessHandle::destroyForcibly);
        Lab.await("it is gone", () -> lab.running("host2", "reroute keeps this running").isEmpty());
        failover();
        told("moved mail host1 -> host2");
        told("moved mail6 host1 -> host2");
        announced("[2-9]");
        assertThat(history()).doesNotContain("not announced");
    }

    @Test
    void aControllerOutsideTheLanSaysSoAndTakesOverAllTheSame() {
        flat.inventory(reroute, Flat.FAST, ", soak: 1s, announce: controller");
        done(reroute.cliOn("client", "mail", "to", "host2", "--force"));
        onlyAt(Flat.V4, "host2");
        assertThat(reroute.cliOn("client", "history").text().replaceAll("\\s+", " "))
                .contains("this machine has no leg in the LAN of 192.168.1.20 and 1 more, so with announce: controller"
                        + " nothing is announced; announce: server needs none");
        flat.inventory(reroute, Flat.FAST, ", soak: 1s");
        done(reroute.cliOn("client", "mail", "to", "host1", "--force"));
    }

    @Test
    void anAddressThatOthersHangOnIsNotTakenOffUnlessTheyStay() {
        String reordered = "sysctl -qw net.ipv4.conf.eth0.promote_secondaries=%s net.ipv4.conf.all.promote_secondaries=0;"
                + " ip addr del 192.168.1.20/27 dev eth0; ip addr del 192.168.1.2/27 dev eth0;"
                + " ip addr add 192.168.1.20/27 dev eth0; ip addr add 192.168.1.2/27 dev eth0; ip route replace default via"
                + " 192.168.1.1";
        lab.in("host1", reordered.formatted("0"));
        daemon(WEB, ", failback: manual");
        lab.crash("host1");
        told("host1 was not fenced: 192.168.1.20 is the primary address of 192.168.1.2 on eth0, which would go with it;"
                + " set net.ipv4.conf.eth0.promote_secondaries=1 there");
        assertThat(flat.holders(Flat.V4)).containsExactly("host1", "host2");
        lab.in("host1", "sysctl -qw net.ipv4.conf.eth0.promote_secondaries=1");
        onlyAt(Flat.V4, "host2");
        assertThat(lab.in("host1", "ip addr show eth0")).contains("192.168.1.2/27");
    }

    @Test
    void anAdminsCommandsRunBeforeAndAfterAndTheFirstMayRefuse() {
        Path said = lab.folder().resolve("commands-said");
        daemon(Flat.FAST, ", before-takeover: [sh, -c, 'echo \"before $0\" >> " + said + "', \"a b'$(id)\"], "
                + "after-takeover: [sh, -c, 'echo after >> " + said + "']");
        done(reroute.patiently("mail", "to", "host2"));
        Lab.await("both have run", () -> LabSshd.read(said).equals("before a b'$(id)\nafter\n"),
                () -> LabSshd.read(said) + reroute.log());
        flat.inventory(reroute, Flat.FAST, ", before-takeover: [sh, -c, 'echo the disk is not mounted; exit 3']");
        done(reroute.ask("reload"));
        Shellout.Done refused = reroute.patiently("mail", "to", "host3");
        assertThat(refused.status()).as(refused.text()).isEqualTo(1);
        assertThat(refused.text()).contains("host3: the disk is not mounted");
        onlyAt(Flat.V4, "host2");
    }

    @Test
    void anInterfaceThatIsSetDownComesBackByItselfWithoutTheAddress() {
        daemon(WEB, ", failback: manual, fence: interface, restore-after: 20s");
        lab.crash("host1");
        told("moved mail host1 -> host2");
        Lab.await("it is down", () -> lab.in("host1", "ip link show eth0").contains("state DOWN"), reroute::log);
        Lab.await("it is up again", () -> lab.in("host1", "ip route show default").contains("192.168.1.1"),
                reroute::log);
        Lab.await("without the addresses", () -> flat.holders(Flat.V4).equals(List.of("host2")), reroute::log);
        assertThat(lab.in("host1", "ip addr show eth0")).contains("192.168.1.2/27").contains("2001:db8:1::2/64");
    }
}
