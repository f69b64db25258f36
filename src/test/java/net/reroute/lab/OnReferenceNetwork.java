package net.reroute.lab;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The reference network for all tests of a class; for each of them it is whole, at home, and has a fresh reroute. */
abstract class OnReferenceNetwork {

    static Lab lab;
    private static int homes;
    Reroute reroute;

    @BeforeAll
    static void build() {
        lab = new Lab();
        lab.sshd().start("gw1", "192.168.1.1");
        lab.serve();
        lab.routesAtHome();
        Ahead.make(lab);
    }

    @AfterAll
    static void takeDown() {
        lab.close();
    }

    @BeforeEach
    void whole() {
        lab.repair();
        lab.routesAtHome();
        reroute = new Reroute(lab, "home" + homes++);
    }

    @AfterEach
    void stop() {
        if (reroute.process() != null && reroute.process().isAlive()) {
            reroute.kill();
        }
        lab.sshd().endSessions();
    }

    Path state() {
        return reroute.home().resolve("state");
    }

    void awaitAllUp() {
        Lab.await("every service is at an UP server", () -> reroute.ask("status").status() == 0,
                () -> reroute.ask("status").text() + reroute.log());
    }
}
