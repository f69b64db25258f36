package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two controllers of one network: one acts, the other observes, and a human hands over. */
class ControllersIT extends OnNginx {

    private Reroute other;

    @BeforeEach
    void second() {
        if (!lab.listens("ctl", 22)) {
            lab.sshd().start("ctl", "192.168.1.30");
        }
        other = new Reroute(lab, reroute.home().getFileName() + "-other");
        other.write("lab.yaml", reroute.read("lab.yaml"));
        reroute.write("settings.yaml", "settings:\n  peer: " + peer(other));
        other.write("settings.yaml", "settings:\n  mode: observe\n  peer: " + peer(reroute));
    }

    private static String peer(Reroute of) {
        return "{address: 192.168.1.30, user: root, key: " + lab.sshd().key() + ", known-hosts: "
                + lab.sshd().knownHosts() + ", command: ["
                + of.command().stream().map(w -> "\"" + w + "\"").collect(Collectors.joining(", ")) + "]}\n";
    }

    @AfterEach
    void stopOther() {
        if (other.process() != null && other.process().isAlive()) {
            other.kill();
        }
    }

    private void bothStart() {
        start();
        other.daemon();
        Lab.await("the other sees every server", () -> other.ask("status").status() == 0);
    }

    @Test
    void theObserverDecidesAndTypesNothingUntilItIsToldToAndOnlyAfterTheOtherWasPaused() {
        bothStart();
        lab.sshd().on("host1", "pkill -9 -x nginx");
        carriedBy("192.168.1.33", 2);
        Shellout.Done refused = other.ask("resume");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.text())
                .contains("the other controller, 192.168.1.30, acts; say 'reroute pause' there first");
        assertThat(reroute.ask("pause").text()).contains("paused");
        assertThat(other.ask("resume").text()).contains("acts from now on, though its inventory says observe");
        assertThat(other.ask("status").text()).contains("acts, though its inventory says observe, by root");
        assertThat(reroute.ask("resume").text()).contains("acts; say 'reroute pause' there first");
        lab.sshd().on("host2", "pkill -9 -x nginx");
        carriedBy("192.168.1.33", 3);
        Lab.await("the other tells that it moved it",
                () -> other.ask("history").text().contains("www-1 host2 -> host3"));
        assertThat(history()).doesNotContain("moved www-1 host2 -> host3");
        assertThat(reroute.ask("undo").text()).contains("say 'reroute pause' or 'reroute resume' yourself");
        assertThat(other.ask("undo").text()).contains("say 'reroute pause' or 'reroute resume' yourself");
        assertThat(other.ask("pause").text()).contains("observes again; nothing is typed");
        assertThat(reroute.ask("resume").text()).contains("resumed");
    }

    @Test
    void aControllerThatComesBackToFindTheOtherActingIsPaused() {
        bothStart();
        reroute.kill();
        assertThat(other.ask("resume").text()).contains("acts from now on");
        reroute.daemon();
        assertThat(reroute.ask("status").text()).contains("paused by reroute (192.168.1.30 was told to act)");
        lab.sshd().on("host1", "pkill -9 -x nginx");
        carriedBy("192.168.1.33", 2);
        Lab.await("the other tells that it moved it",
                () -> other.ask("history").text().contains("www-1 host1 -> host2"));
        assertThat(reroute.ask("history").text()).doesNotContain("read back");
    }

    @Test
    void aControllerThatCannotBeAskedIsTakenOverFromOnlyByForce() {
        bothStart();
        lab.sshd().kill("ctl");
        assertThat(other.ask("resume").text()).contains("cannot be asked whether it acts").contains("say --force");
        assertThat(lab.in("gw1", "ip route show proto 201")).isBlank();
        reroute.kill();
        assertThat(other.ask("resume", "--force").status()).isZero();
    }
}
