package net.reroute.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The reference network where every server has a real nginx, processes of its own, and a login for reroute. */
abstract class OnNginx {

    private static final String CHECKS = "web: {http: \"http://{server}/\", body: \"</html>\", every: 200ms, fast: 200ms,"
            + " timeout: 200ms, fall: 3}";

    static Lab lab;
    private static int homes;
    Reroute reroute;

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

    void start() {
        reroute.daemon();
        Lab.await("every service is at an UP server", () -> reroute.ask("status").status() == 0,
                () -> reroute.ask("status").text());
    }

    /** A playbook as it is shipped, but enabled. */
    static String shipped(String name) {
        try {
            return Files.readString(Path.of("playbooks", name + ".yaml")).replace("enabled: false", "enabled: true");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitHistory(String text) {
        Lab.await("the journal tells: " + text, () -> history().contains(text), this::history);
    }

    String history() {
        return reroute.ask("history").text().replaceAll("\\s+", " ");
    }

    void carriedBy(String address, int host) {
        Lab.await(address + " is carried by host" + host, () -> lab.nextHop(address).equals("192.168.1." + (host + 1)));
    }
}
