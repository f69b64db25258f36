package net.reroute.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People are told: a real mail server with STARTTLS, a real HTTP receiver, servers that really fail. */
class NotifyIT extends OnNginx {

    private static final int SMTP = 2525;
    private static final int HTTP = 8080;

    private final List<Process> started = new ArrayList<>();
    private Path mails;
    private Path requests;
    private Path answers;

    @BeforeEach
    void files() throws IOException {
        mails = reroute.home().resolve("mails");
        requests = Files.createFile(reroute.home().resolve("requests"));
        answers = Files.createFile(reroute.home().resolve("answers"));
        LabSshd.write(reroute.home().resolve("smtp.password"), "s3cret\n");
        if (!Files.exists(lab.folder().resolve("smtp.pem"))) {
            Shellout.run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-keyout", lab.folder().resolve("smtp.key").toString(), "-out",
                    lab.folder().resolve("smtp.pem").toString(), "-days", "2", "-subj", "/CN=localhost", "-addext",
                    "subjectAltName=DNS:localhost");
        }
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
        started.forEach(p -> p.onExit().orTimeout(20, TimeUnit.SECONDS).join());
    }

    private void python(String script, int port, String... args) {
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3",
                Path.of("src/test/resources/net/reroute/lab", script).toAbsolutePath().toString()));
        command.addAll(List.of(args));
        command.add(Integer.toString(port));
        started.add(lab.start("ctl", lab.folder().resolve(script + ".log"), command));
        Lab.await(script + " listens", () -> lab.listens("ctl", port),
                () -> LabSshd.read(lab.folder().resolve(script + ".log")));
    }

    private void mailServer() {
        python("smtp.py", SMTP, mails.toString(), lab.folder().resolve("smtp.pem").toString(),
                lab.folder().resolve("smtp.key").toString());
    }

    private void receiver() {
        python("receiver.py", HTTP, requests.toString(), answers.toString());
    }

    private void channels(String mailOptions) {
        reroute.write("notify.yaml",
                """
                channels:
                  ops: {mail: [ops@example.com, night@example.com], from: reroute@example.com, smtp: "localhost:2525", user: reroute, password: {file: smtp.password}%s}
                notify:
                  all: {to: ops, severity: warning, group: 1s}
                """.formatted(
                        mailOptions));
    }

    private void hook() {
        reroute.write("notify.yaml", """
                                     channels:
                                       hook: {webhook: "http://127.0.0.1:8080/in"}
                                     notify:
                                       all: {to: hook, severity: warning, group: 1s}
                                     """);
    }

    private List<String> subjects() {
        List<String> subjects = new ArrayList<>();
        if (Files.exists(mails)) {
            Matcher match = Pattern.compile("(?m)^Subject: (.*(?:\\R[ \\t].*)*)").matcher(LabSshd.read(mails));
            while (match.find()) {
                subjects.add(match.group(1).replaceAll("\\s+", " "));
            }
        }
        return subjects;
    }

    private void awaitSubject(String text) {
        Lab.await("a mail about: " + text, () -> subjects().stream().anyMatch(s -> s.contains(text)),
                () -> subjects() + reroute.log());
    }

    private void fails(String host) {
        lab.sshd().on(host, "pkill -9 -x nginx");
    }

    private void recovers(String host) {
        lab.sshd().on(host, "nginx");
    }

    @Test
    void aServerThatFailsIsMailedOnceAndWhenItIsOverThatIsMailedToo() {
        mailServer();
        channels(", ca: " + lab.folder().resolve("smtp.pem"));
        start();
        fails("host1");
        // in one mail, or in two where the move took longer than alerts are gathered
        awaitSubject("1 server DOWN (host1)");
        awaitSubject("1 service moved (www-1)");
        recovers("host1");
        awaitSubject("[resolved] host1 is UP again");
        String all = LabSshd.read(mails);
        assertThat(all).contains("To: ops@example.com,night@example.com", "Auto-Submitted: auto-generated");
        assertThat(Pattern.compile("Message-ID: <").matcher(all).results().count())
                .isEqualTo(subjects().stream().distinct().count());
        assertThat(reroute.log()).doesNotContain("s3cret");
    }

    @Test
    void aMailServerThatCannotBeTrustedIsToldNothing() {
        mailServer();
        channels("");
        start();
        fails("host1");
        carriedBy("192.168.1.33", 2);
        Lab.await("jobs tells why",
                () -> reroute.ask("jobs").text().contains("unable to find valid certification path"),
                () -> reroute.ask("jobs").text());
        assertThat(mails).doesNotExist();
    }

    @Test
    void whatCouldNotBeMailedSurvivesKillAndIsMailedInOrderWhenTheServerIsBack() {
        channels(", ca: " + lab.folder().resolve("smtp.pem"));
        start();
        fails("host1");
        carriedBy("192.168.1.33", 2);
        Lab.await("it was tried", () -> reroute.ask("jobs").text().contains("onnection refused"),
                () -> reroute.ask("jobs").text());
        fails("host3");
        carriedBy("192.168.1.97", 4);
        Lab.await("all of it is in the outbox", () -> reroute.ask("jobs").text().matches("(?s).*ops +4 .*"),
                () -> reroute.ask("jobs").text());
        reroute.kill();
        mailServer();
        reroute.daemon();
        awaitSubject("DOWN (host3)");
        assertThat(subjects().getFirst()).contains("host1");
        assertThat(LabSshd.read(mails)).containsSubsequence("host1 is DOWN", "www-1 host1", "host3 is DOWN",
                "www-3 host3");
    }

    @Test
    void aReceiverThatIsSlowOrBrokenIsAskedAgainWithTheSameIdAndKeepsNoMoveWaiting() throws IOException {
        Files.writeString(answers, "500\n429\nslow\n");
        receiver();
        hook();
        start();
        fails("host1");
        carriedBy("192.168.1.33", 2);
        Lab.await("the slow answer is waited for", () -> LabSshd.read(requests).lines().count() == 3,
                () -> LabSshd.read(requests));
        fails("host3");
        carriedBy("192.168.1.97", 4);
        List<JsonNode> got = new ArrayList<>();
        for (String line : LabSshd.read(requests).split("\n")) {
            got.add(new ObjectMapper().readTree(line));
        }
        assertThat(got.stream().map(g -> g.path("id").asText()).distinct()).hasSize(1);
        assertThat(got.stream().map(g -> g.path("body").asText()).distinct()).hasSize(1);
        assertThat(Arrays.asList(got.getFirst().path("body").asText().split("\"text\":"))).anyMatch(
                t -> t.contains("host1 is DOWN (web: connection refused)"));
    }

    @Test
    void aProblemThatEndsOverARestartIsToldToBeOverAllTheSame() {
        receiver();
        hook();
        start();
        fails("host1");
        carriedBy("192.168.1.33", 2);
        Lab.await("it is told", () -> LabSshd.read(requests).contains("host1 is DOWN"));
        reroute.kill();
        recovers("host1");
        reroute.write("lab.yaml", reroute.read("lab.yaml").replace("web:", "page:").replace("[web]", "[page]"));
        reroute.daemon();
        Lab.await("its end is told", () -> LabSshd.read(requests).contains("host1 is not checked by web any more"),
                () -> LabSshd.read(requests));
    }
}
