package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** What tests of takeovers have in common: one lab for all of a class, and for each test the addresses at home. */
abstract class OnFlatLan {

    static final String WEB = "up: {http: \"http://{server}/\", every: 100ms, timeout: 100ms, fall: 2}";

    static Lab lab;
    static Flat flat;
    private static int homes;

    private final Set<String> changed = new HashSet<>();
    Reroute reroute;

    @BeforeAll
    static void build() {
        lab = new Lab();
        flat = new Flat(lab);
        lab.serve();
    }

    @AfterAll
    static void takeDown() {
        lab.close();
    }

    @BeforeEach
    void atHome() {
        lab.repair();
        for (int i = 0; i < Lab.HOSTS.size(); i++) {
            if (!lab.listens(Lab.HOSTS.get(i), 22)) {
                lab.sshd().start(Lab.HOSTS.get(i), "192.168.1." + (i + 2));
            }
        }
        flat.atHome();
        reroute = new Reroute(lab, getClass().getSimpleName() + homes++);
    }

    @AfterEach
    void stop() {
        if (reroute.process() != null && reroute.process().isAlive()) {
            reroute.kill();
        }
        lab.sshd().endSessions();
        changed.forEach(lab.sshd()::kill);
        changed.clear();
    }

    /** A program that sessions on a host find before the real one; sshd there is started anew. */
    void programs(String name, String script, String host) {
        Path folder = lab.folder().resolve("programs-" + host + "-" + reroute.home().getFileName());
        Shellout.run("mkdir", "-p", folder.toString());
        LabSshd.write(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        Shellout.run("chmod", "755", folder.resolve(name).toString());
        changed.add(host);
        lab.sshd().kill(host);
        lab.sshd().startWithPrograms(host, folder, "192.168.1." + (Lab.HOSTS.indexOf(host) + 2));
    }

    /** A daemon on an inventory with both addresses. */
    void daemon(String checks, String more) {
        flat.inventory(reroute, checks, ", soak: 1s" + more);
        reroute.daemon();
        awaitAllUp();
    }

    void daemon() {
        daemon(Flat.FAST, "");
    }

    void awaitAllUp() {
        Lab.await("every service is at an UP server", () -> reroute.ask("status").status() == 0,
                () -> reroute.ask("status").text() + reroute.log());
    }

    /** Waits until the journal tells something. */
    void told(String text) {
        Lab.await("the journal tells: " + text, () -> history().contains(text), () -> history() + reroute.log());
    }

    String history() {
        return reroute.ask("history").text().replaceAll("\\s+", " ");
    }

    void onlyAt(String address, String host) {
        Lab.await(address + " is at " + host + " and nowhere else", () -> flat.holders(address).equals(List.of(host)),
                () -> flat.holders(address) + reroute.log());
    }

    void done(Shellout.Done command) {
        assertThat(command.status()).as(command.text() + reroute.log()).isZero();
    }
}
