package net.reroute.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.reroute.core.Login;
import net.reroute.inventory.BadInventoryException;
import net.reroute.inventory.InventoryReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where reroute is logged in before a playbook needs it. */
class StandbyTest {

    private static final String RUN = "steps: [{run: {at: server, command: ['true']}}]\n";

    @TempDir
    Path home;

    @BeforeEach
    void network() throws IOException {
        Files.createDirectories(home.resolve("inventory"));
        Files.createDirectories(home.resolve("playbooks"));
        Files.writeString(home.resolve("inventory/network.yaml"),
                """
                servers:
                  host1: {address: 192.168.1.2, user: one, agent: true}
                  host2: {address: 192.168.1.3, user: two, agent: true}
                  host3: {address: 192.168.1.4}
                checks:
                  web: {tcp: "{server}:80"}
                services:
                  www-1: {prefix: 192.168.1.32/27, servers: [host1, host2, host3], checks: [web]}
                """);
    }

    private List<String> users(String playbook) throws IOException, BadInventoryException {
        Files.writeString(home.resolve("playbooks/p.yaml"), playbook);
        return Standby.logins(InventoryReader.read(home)).stream().map(Login::user).sorted().toList();
    }

    @Test
    void atEveryServerThatMayFailWhereACommandIsToHelpBeforeTheMove() throws Exception {
        assertThat(users("when: {event: server-suspect}\n" + RUN)).containsExactly("one", "two");
        assertThat(users("when: {event: server-suspect, server: host2}\n" + RUN)).containsExactly("two");
    }

    @Test
    void atTheServerThatIsNamedWhereACommandMayObjectToAMove() throws Exception {
        assertThat(users("when: {event: before-move}\nsteps: [{veto: {at: host1, command: ['true']}}]\n"))
                .containsExactly("one");
    }

    @Test
    void nowhereForWhatIsNotInAHurryOrDoesNotRunByItself() throws Exception {
        assertThat(users("when: {event: server-down}\n" + RUN)).isEmpty();
        assertThat(users("every: 1h\n" + RUN.replace("at: server", "at: host1"))).isEmpty();
        assertThat(users("enabled: false\nwhen: {event: server-suspect}\n" + RUN)).isEmpty();
        assertThat(users("when: {event: server-suspect}\nsteps: [{run: {at: controller, command: ['true']}}]\n"))
                .isEmpty();
    }
}
