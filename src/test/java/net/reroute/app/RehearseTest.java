package net.reroute.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.reroute.api.Client;
import net.reroute.api.Request;
import net.reroute.cli.Console;
import net.reroute.cli.Processes.Practice;
import net.reroute.core.Actor;
import net.reroute.core.RequestRefusedException;
import net.reroute.lab.Lab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An admin's rehearsal: what is told, and that nothing is left of it. */
@Timeout(180)
class RehearseTest {

    private static final String FAST = "{http: \"http://{server}/\", host: www.widgetco.com, status: 200,"
            + " body: \"</html>\", every: 200ms, fast: 100ms, timeout: 200ms, fall: 2, rise: 2}";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    private Path home(String routers, String services) throws IOException {
        Files.createDirectories(folder.resolve("inventory"));
        Files.writeString(folder.resolve("inventory/all.yaml"),
                "routers:\n" + routers + """
                                         servers:
                                           host1: {address: 192.168.1.2}
                                           host2: {address: 192.168.1.3}
                                           host3: {address: 192.168.1.4}
                                         checks:
                                           web:\s""" + FAST + "\nservices:\n" + services);
        return folder;
    }

    private static String cisco(String name) {
        return "  " + name
                + ": {dialect: cisco-ios, address: 192.168.1.1, user: admin, password: {file: /nowhere/password},"
                + " enable: {file: /nowhere/enable}, known-hosts: /nowhere/known_hosts}\n";
    }

    private static String www1(String more) {
        return "  www-1: {prefix: 192.168.1.32/27, servers: [host1, host2, host3], checks: [web], soak: 300ms" + more
                + "}\n";
    }

    private int rehearse(Path home, Practice practice) throws Exception {
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        return Rehearse.run(new Paths(home, home.resolve("state"), false), practice,
                new Console(out, out, 200, false, new Actor.Human("anna", "")));
    }

    private Practice script(String steps) throws IOException {
        Path file = folder.resolve("script");
        Files.writeString(file, steps);
        return new Practice(Optional.empty(), Optional.of(file), false, false);
    }

    private String told() {
        return text.toString(StandardCharsets.UTF_8).replaceAll("(?m)^ *\\d+\\.\\ds  ", "");
    }

    @Test
    void tellsTheStoryOfAServerThatDiesAndRecovers() throws Exception {
        int status = rehearse(home(cisco("gw1"), www1("")), new Practice(Optional.empty(), Optional.empty(), false,
                false));
        assertThat(told()).containsSubsequence("gw1 (cisco-ios) stands in at 127.0.0.1:", "answers: 192.168.1.33 host1",
                "host1 is killed", "check: host1 web is DOWN (connection refused)",
                "decided: www-1 -> host2 on gw1: host1 is DOWN (web: connection refused); host2 is next",
                "typed: gw1 <- ip route 192.168.1.32 255.255.255.224 192.168.1.3 name reroute\n",
                "typed: gw1 <- no ip route 192.168.1.32 255.255.255.224 192.168.1.2\n",
                "moved: www-1 host1 -> host2: host1 is DOWN (web: connection refused); host2 is next"
                        + " [gw1: read back and probed] (detect ",
                "answers: 192.168.1.33 host2", "host1 is back",
                "typed: gw1 <- ip route 192.168.1.32 255.255.255.224 192.168.1.2\n", "answers: 192.168.1.33 host1",
                "The rehearsal is over");
        assertThat(status).as(told()).isZero();
    }

    @Test
    void everyKindOfRouterIsPractisedAtOnce() throws Exception {
        String linux = "  gw2: {dialect: linux, address: 192.168.1.6, user: root, agent: true}\n";
        int status = rehearse(home(cisco("gw1") + linux, www1("")), script("kill host1\nrecover host1\n"));
        assertThat(told()).contains("typed: gw1 <- ip route 192.168.1.32 255.255.255.224 192.168.1.3 name reroute")
                .contains("typed: gw2 <- ip route replace 192.168.1.32/27 proto 201 via 192.168.1.3")
                .contains("gw1: read back and probed").contains("gw2: read back and probed").doesNotContain("drift");
        assertThat(status).as(told()).isZero();
    }

    @Test
    void namesInDnsArePractisedAtASimulatedNameServer() throws Exception {
        String alone = "  www-1: {prefix: 192.168.1.32/27, servers: [host1], checks: [web], soak: 300ms}\n"
                + "  www-2: {prefix: 192.168.1.64/27, servers: [host2, host3], checks: [web], soak: 300ms}\n"
                + "names:\n  www.widgetco.example: {zone: widgetco.example, services: [www-1, www-2], soak: 300ms,"
                + " servers: [\"192.168.1.53\"], tsig: {name: reroute, key: {file: /nowhere/key}}}\n";
        int status = rehearse(home(cisco("gw1"), alone),
                script("kill host2\nrecover host2\nkill host1\nrecover host1\n"));
        assertThat(told()).containsSubsequence(
                "typed: gw1 <- ip route 192.168.1.64 255.255.255.224 192.168.1.4 name reroute",
                "typed: dns:widgetco.example <- update delete www.widgetco.example. A 192.168.1.33",
                "www.widgetco.example www-1+www-2 -> www-2: www-1 is DOWN (at host1, which is DOWN, and no other server is UP)",
                "typed: dns:widgetco.example <- update add www.widgetco.example. 300 A 192.168.1.33");
        assertThat(told()).as("the route has moved")
                .doesNotContain("update delete www.widgetco.example. A 192.168.1.65");
        assertThat(status).as(told()).isZero();
    }

    @Test
    void switchesArePractisedWithSimulatedBackends() throws Exception {
        String pop = www1("") + "switches:\n  pop: {listen: \"192.168.1.20:110\", backends: [\"host1:110\","
                + " \"host2:110\"], checks: [web]}\n"
                + "  far: {listen: \"192.168.1.20:111\", backends: [\"192.0.2.9:111\"]}\n";
        int status = rehearse(home(cisco("gw1"), pop), script("kill host2\nrecover host2\nreroute drain host1\n"));
        assertThat(told())
                .contains("far (192.168.1.20:111) is not rehearsed: it has backends that are on no server",
                        "1 service, 1 switch")
                .containsSubsequence("host2 is killed",
                        "pop 192.168.1.2:110+192.168.1.3:110 -> 192.168.1.2:110: 192.168.1.3:110 is DOWN",
                        "host2 is back", "pop 192.168.1.2:110 -> 192.168.1.2:110+192.168.1.3:110",
                        "reroute drain host1", "pop 192.168.1.2:110+192.168.1.3:110 -> 192.168.1.3:110");
        assertThat(status).as(told()).isZero();
    }

    @Test
    void playsAScriptWithCommandsAsAnAdminTypesThem() throws Exception {
        int status = rehearse(home(cisco("gw1"), www1("")), script("""
                                                                   # the night of the kernel update
                                                                   reroute drain host1 --because "kernel update"
                                                                   kill host1
                                                                   drop gw1
                                                                   recover host1   # it is back
                                                                   reroute undrain host1
                                                                   reroute www-1 to host3
                                                                   """));
        assertThat(told()).containsSubsequence("reroute drain host1 --because kernel update",
                "maintenance by anna (kernel update)", "www-1 host1 -> host2",
                "gw1 ends every session", "reroute undrain host1", "reroute www-1 to host3",
                "answers: 192.168.1.33 host3");
        assertThat(status).as(told()).isZero();
    }

    @Test
    void aScriptsMistakesAreToldBeforeAnythingBegins() throws IOException {
        Path home = home(cisco("gw1"), www1(""));
        Practice practice = script("kil host1\nkill host9\nwait long\n");
        assertThatThrownBy(() -> rehearse(home, practice)).isInstanceOf(RequestRefusedException.class)
                .hasMessageContaining("line 1: 'kil' is not a step, did you mean 'kill'?")
                .hasMessageContaining("line 2: no server 'host9', did you mean 'host1'?")
                .hasMessageContaining("line 3: 'long' is not a duration");
        assertThat(told()).isEmpty();
    }

    @Test
    void withoutAnInventoryTheReferenceNetworkIsPractised() throws Exception {
        int status = rehearse(folder.resolve("nothing-here"), script("reroute www-2 to host4"));
        assertThat(told()).contains("there is no inventory in").contains("1 router, 4 servers, 4 services")
                .contains("typed: gw1 <- ip route replace 192.168.1.64/27 proto 201 via 192.168.1.5");
        assertThat(status).as(told()).isZero();
    }

    @Test
    void inObserveModeTheLinesAreToldAndNoneIsTyped() throws Exception {
        Path home = home(cisco("gw1"), www1("") + "settings: {mode: observe}\n");
        rehearse(home, script("kill host1\n"));
        assertThat(told())
                .contains("would type: ip route 192.168.1.32 255.255.255.224 192.168.1.3 name reroute; no ip route")
                .contains("nothing was moved by itself").doesNotContain("typed: gw1");
    }

    /** With --keep everybody may come in: our own command line, and whoever speaks SSH. */
    @Test
    void staysForOthersAndTellsThemHowToComeIn() throws Exception {
        Path home = home(cisco("gw1"), www1(""));
        Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                "net.reroute.app.Main", "--home", home.toString(), "rehearse", "--keep", "--json")
                .redirectError(folder.resolve("story").toFile()).start();
        try (BufferedReader out = process.inputReader()) {
            JsonNode doors = new ObjectMapper().readTree(out.readLine());
            Path state = Path.of(doors.path("state").asText());
            Lab.await("the story is over", () -> story().contains("From another terminal"), this::story);
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            PrintStream to = new PrintStream(answer, true, StandardCharsets.UTF_8);
            int moved = Client.ask(state.resolve("socket"),
                    new Request(List.of("www-1", "to", "host3"), ".", 100, false, ""),
                    to, to);
            assertThat(moved).as(answer.toString(StandardCharsets.UTF_8)).isZero();
            JsonNode gw1 = doors.path("routers").path("gw1");
            assertThat(gw1.path("host_key").asText()).startsWith("ecdsa-sha2-nistp256 ");
            assertThat(shown(doors, gw1)).contains("192.168.1.4 name reroute");
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(state).doesNotExist();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aHomeThatWasNamedAndIsNotThereIsAMistake() {
        assertThatThrownBy(() -> Rehearse.run(new Paths(folder.resolve("typo"), folder, true), script(""),
                new Console(System.out, System.err, 80, false, new Actor.Human("anna", ""))))
                .isInstanceOf(net.reroute.inventory.BadInventoryException.class);
    }

    private String story() {
        try {
            return Files.readString(folder.resolve("story"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A stock client: OpenSSH would want a terminal for the password, jsch does not. */
    private static String shown(JsonNode doors, JsonNode router) throws Exception {
        com.jcraft.jsch.JSch jsch = new com.jcraft.jsch.JSch();
        jsch.setKnownHosts(doors.path("known_hosts").asText());
        com.jcraft.jsch.Session session = jsch.getSession(router.path("user").asText(), router.path("address").asText(),
                router.path("port").asInt());
        session.setPassword(router.path("password").asText().getBytes(StandardCharsets.US_ASCII));
        session.connect(20_000);
        com.jcraft.jsch.ChannelShell shell = (com.jcraft.jsch.ChannelShell) session.openChannel("shell");
        shell.setInputStream(new java.io.ByteArrayInputStream(("enable\r" + router.path("enable").asText()
                + "\rshow running-config | include ^ip route\rexit\r").getBytes(StandardCharsets.US_ASCII)));
        java.io.InputStream out = shell.getInputStream();
        shell.connect(20_000);
        String all = new String(out.readAllBytes(), StandardCharsets.ISO_8859_1);
        session.disconnect();
        return all;
    }
}
