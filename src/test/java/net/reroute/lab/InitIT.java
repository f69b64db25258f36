package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The first steps, word by word: machines as Debian ships them, and an admin who reads. */
@Timeout(240)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InitIT {

    private static final String[] INIT = {"init", "root@192.168.1.1", "192.168.1.2", "192.168.1.3", "--watch", "100ms"};
    private static final int MOST_COMMANDS = 6;

    private final Lab lab = new Lab();
    private final Reroute reroute = new Reroute(lab, "fresh");
    private StockMachines machines;

    @BeforeAll
    void stockMachines() throws IOException {
        machines = new StockMachines(lab);
        lab.serve();
        lab.routesAtHome();
        Files.delete(reroute.home().resolve("inventory"));
    }

    @AfterAll
    void end() {
        lab.close();
    }

    private StockAdmin admin(int status) throws IOException, InterruptedException {
        StockAdmin admin = new StockAdmin(machines);
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", lab.space("ctl")));
        words.addAll(reroute.command(INIT));
        assertThat(admin.types(words)).as(admin.all()).isEqualTo(status);
        return admin;
    }

    @Test
    void fromNothingToTheFirstMovedRoute() throws Exception {
        StockAdmin admin = admin(0);
        assertThat(admin.all()).contains("gw1 routes 192.168.1.32/27 to 192.168.1.2",
                "root@192.168.1.2: its loopback holds 192.168.1.33", "web: {http: \"http://{server}/\"}",
                "none runs here").doesNotContain("bad  ");
        String inventory = reroute.read("init.yaml");
        assertThat(inventory).contains("settings: {mode: observe}",
                "www-1: {prefix: 192.168.1.32/27, servers: [host1, host2], checks: [web]}",
                "# now at host1 on gw1");
        assertThat(reroute.cli("validate").text()).startsWith("good: 1 router, 2 servers");
        reroute.daemon();
        Lab.await("watched", () -> reroute.ask("status").text().contains("observe: nothing is typed"));
        again(inventory);
        assertThat(reroute.ask("resume").status()).isZero();
        assertThat(reroute.ask("www-1", "to", "host2", "--because", "my first move").text())
                .contains("read back and probed");
        assertThat(lab.nextHop("192.168.1.33")).isEqualTo("192.168.1.3");
        assertThat(admin.pasted() + 3).as("typed: init, resume, the move, and what was pasted")
                .isLessThanOrEqualTo(MOST_COMMANDS);
    }

    /** All of it a second time: nothing is asked, nothing is overwritten, also not what the admin has changed. */
    private void again(String inventory) throws IOException, InterruptedException {
        assertThat(admin(0).all()).doesNotContain("[yes/no]").contains("is there, and as it would be written",
                "watching for 100ms what it would do");
        reroute.write("init.yaml", inventory + "# mine\n");
        assertThat(admin(0).all()).contains("is there, and differs", "What is in use was left as it is");
        assertThat(reroute.read("init.yaml")).endsWith("# mine\n");
    }

    @Test
    void nobodyAtTheTerminalIsToldWhatToName() {
        List<String> words = new ArrayList<>(List.of(INIT));
        words.addAll(List.of("--home", lab.folder().resolve("unattended").toString()));
        Shellout.Done done = reroute.cli(words.toArray(String[]::new));
        assertThat(done.status()).as(done.text()).isEqualTo(1);
        assertThat(done.text()).contains("--host-key SHA256:");
    }
}
