package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one of several controllers began, another one knows: nothing is done twice, and nothing is forgotten. */
class DutiesIT extends OnSeveralControllers {

    private static final int HTTP = 8080;
    private Process receiver;

    @Override
    Map<String, Integer> machines() {
        return Map.of("ctl2", 29);
    }

    @AfterEach
    void endReceiver() {
        if (receiver != null) {
            receiver.destroyForcibly().onExit().orTimeout(20, TimeUnit.SECONDS).join();
        }
    }

    @Test
    void aPlaybookThatRanWhenTheLeaderDiedIsToldOfAndNotRepeated() throws IOException {
        Path proof = lab.folder().resolve("proof-of-one");
        Files.deleteIfExists(proof);
        String steps = "steps:\n  - run: {at: controller, command: [sh, -c, \"echo once >> " + proof + "\"]}\n"
                + "  - wait: {for: 1m}\n  - run: {at: controller, command: [sh, -c, \"echo twice >> " + proof
                + "\"]}\n";
        all.forEach(r -> r.playbook("long", steps));
        cluster();
        Thread.ofVirtual().start(() -> {
            try {
                c1.ask("play", "long");
            } catch (UncheckedIOException e) {
                assertThat(e).hasMessageContaining("the daemon ended in the middle of the answer");
            }
        });
        Lab.await("the second step is under way", () -> c2.ask("history").text().contains("step 1 of 3 (run): done")
                && c1.ask("jobs").text().contains("under way: long, step 2 of 3 (wait)"), this::told);
        c1.kill();
        Lab.await("the other one tells of it", () -> c2.ask("history").text().replaceAll("\\s+", " ")
                .contains("in step 2 of 3 (wait"), this::told);
        assertThat(c2.ask("history").text().replaceAll("\\s+", " ")).contains("nothing is repeated");
        assertThat(c2.ask("jobs").text()).doesNotContain("under way: long");
        assertThat(LabSshd.read(proof)).isEqualTo("once\n");
    }

    @Test
    void aMessageThatTheLeaderCouldNotSendIsSentOnceByTheNext() throws IOException {
        Path requests = Files.writeString(lab.folder().resolve("requests-of-two"), "");
        Path answers = Files.writeString(lab.folder().resolve("answers-of-two"), "");
        all.forEach(r -> r.write("notify.yaml", """
                                                channels:
                                                  hook: {webhook: "http://127.0.0.1:8080/in"}
                                                notify:
                                                  moves: {to: hook, severity: info, group: 1s}
                                                """));
        cluster();
        c1.ok("www-1", "to", "host2", "--because", "to be told");
        Lab.await("it waits in the outbox of the leader", () -> c1.ask("status").text().contains("hook"), this::told);
        receiver = lab.start("ctl2", lab.folder().resolve("receiver-of-two.log"), List.of("/usr/bin/python3",
                Path.of("src/test/resources/net/reroute/lab/receiver.py").toAbsolutePath().toString(),
                requests.toString(), answers.toString(), Integer.toString(HTTP)));
        c1.kill();
        Lab.await("the next leader sends it", () -> LabSshd.read(requests).contains("to be told"),
                () -> LabSshd.read(requests) + told());
        c1.daemon();
        Lab.await("c1 follows", () -> leader(c1).equals("c2"), this::told);
        assertThat(LabSshd.read(requests).lines().filter(l -> l.contains("to be told"))).hasSize(1);
    }

    @Test
    void theApiOfAnyOfThemMovesByTheLeader() {
        cluster();
        String token = c1.ask("token", "add", "anna").text().strip();
        Lab.await("the other one knows the token, too", () -> lab.in("ctl2", "curl -s -H 'Authorization: Bearer "
                + token + "' http://127.0.0.1:8480/api/v1/session").contains("anna"), this::told);
        String moved = lab.in("ctl2", "curl -s -H 'Content-Type: application/json' -H 'Authorization: Bearer " + token
                + "' -d '{\"services\": [\"www-1\"], \"to\": \"host2\", \"because\": \"by the page of another\"}'"
                + " http://127.0.0.1:8480/api/v1/moves");
        assertThat(moved).contains("host2");
        carriedBy("192.168.1.33", 3);
        assertThat(c1.ask("history").text()).contains("by the page of another");
        assertThat(lab.in("ctl2", "curl -s http://127.0.0.1:8480/api/v1/status?fields=cluster"))
                .as("what the page shows of the controllers").contains("\"leader\"", "\"members\"", "\"whenAlone\"");
    }
}
