package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Playbooks on the reference network: real sshd, real nginx, each server with processes of its own. */
class PlaybookIT {

    private static final String CHECKS = "web: {http: \"http://{server}/\", body: \"</html>\", every: 200ms, fast: 200ms,"
            + " timeout: 200ms, fall: 3}";

    private static Lab lab;
    private static int homes;
    private Reroute reroute;

    @BeforeAll
    static void build() {
        lab = new Lab();
        lab.sshd().start("gw1", "192.168.1.1");
        for (int i = 0; i < Lab.HOSTS.size(); i++) {
            lab.sshd().startAlone(Lab.HOSTS.get(i), "192.168.1." + (i + 2));
        }
    }

    @AfterAll
    static void takeDown() {
        lab.close();
    }

    @BeforeEach
    void atHome() {
        Lab.HOSTS.stream().filter(h -> !lab.listens(h, 80)).forEach(h -> lab.sshd().on(h, "nginx"));
        lab.routesAtHome();
        reroute = new Reroute(lab, "home" + homes++);
        reroute.write("lab.yaml",
                reroute.routers() + reroute.serversWithLogin() + "checks:\n  " + CHECKS + "\nservices:\n"
                        + Reroute.services("checks: [web], soak: 1s").indent(2));
    }

    @AfterEach
    void stop() {
        if (reroute.process() != null && reroute.process().isAlive()) {
            reroute.kill();
        }
    }

    private void start() {
        reroute.daemon();
        Lab.await("every service is at an UP server", () -> reroute.ask("status").status() == 0,
                () -> reroute.ask("status").text());
    }

    private void playbook(String name, String text) {
        reroute.playbook(name, text);
    }

    private String shipped(String name) throws IOException {
        return Files.readString(Path.of("playbooks", name + ".yaml")).replace("enabled: false", "enabled: true");
    }

    private void awaitHistory(String text) {
        Lab.await("the journal tells: " + text, () -> history().contains(text), this::history);
    }

    private String history() {
        return reroute.ask("history").text().replaceAll("\\s+", " ");
    }

    @Test
    void aDeadWebServerIsStartedAgainAndNothingMoves() throws IOException {
        playbook("respawn-web", shipped("respawn-web"));
        start();
        lab.sshd().on("host1", "pkill -9 -x nginx");
        awaitHistory("host1 web: ended: host1 answers again");
        assertThat(lab.listens("host1", 80)).isTrue();
        assertThat(history()).doesNotContain("moved");
        assertThat(lab.in("gw1", "ip route show proto 201")).isBlank();
    }

    @Test
    void whereARespawnDoesNotHelpTheMoveComesAsItWouldHave() throws IOException {
        playbook("respawn-web", shipped("respawn-web"));
        start();
        lab.sshd().on("host1", "pkill -STOP -x nginx");
        try {
            Lab.await("host2 carries www-1", () -> lab.nextHop("192.168.1.33").equals("192.168.1.3"));
            awaitHistory("host1 web: stopped: step 2 of 2 (recheck)");
        } finally {
            lab.sshd().on("host1", "pkill -CONT -x nginx");
        }
    }
}
