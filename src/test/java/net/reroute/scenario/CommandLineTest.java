package net.reroute.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.reroute.cli.Cli;
import net.reroute.cli.Console;
import net.reroute.core.Actor;
import net.reroute.core.Assignment.Origin;
import net.reroute.core.Given;
import net.reroute.operations.DirectOperations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line says, on a stage. */
class CommandLineTest {

    @TempDir
    Path state;

    private Stage stage;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void start() {
        Given given = Given.one().service("www-2", "192.168.1.64/27", Given.rules(), "host2", "host3", "host4")
                .at("www-2", Origin.MOVED, "host2");
        stage = new Stage(state, given, Map.of("gw1", new FakeDevice())).start();
        stage.checks(3);
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    private int run(int width, List<String> words) {
        out.reset();
        err.reset();
        return Cli.run(words, new DirectOperations(new StageAccess(stage)), null,
                new Console(new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8), width, false,
                        new Actor.Human("root", "")));
    }

    private int run(String line) {
        return run(80, List.of(line.split(" ")));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "www-1 host2 | to move something write: reroute www-1 to host2",
            "www-1 TO host2 | to move something write: reroute www-1 to host2",
            "host2 to www-1 | host2 is a server, and www-1 a service; write: reroute www-1 to host2",
            "192.168.1.40 to host2 | it is inside 192.168.1.32/27, which is www-1",
            "drain www-1 | it is a service, and 'reroute www-1 to SERVER' moves it",
            "WWW-1 to host2 | did you mean 'www-1'?",
            "www-1 to HOST2 | did you mean 'host2'?",
            "www-1 to host2 --for 0s | would be over at once; write it like 2h, or leave --for out",
            "stauts | did you mean 'status'?", "status www-9 | did you mean 'www-1'?",
            "history --since yestrday | yesterday, 2026-12-01",
            "status --json --fields nmae | there is no field 'nmae'; there are", "x* to host2 | no service fits"})
    void aMistakeGetsTheRightSuggestionAndMovesNothing(String line, String suggestion) {
        assertThat(run(line)).isEqualTo(2);
        assertThat(complained().replaceAll("\\s+", " ")).contains(suggestion);
        assertThat(stage.routers.get("gw1").typed).isEmpty();
    }

    @Test
    void aMoveInQuotesIsSuggestedWithoutThem() {
        assertThat(run(80, List.of("www-1 to host2"))).isEqualTo(2);
        assertThat(complained()).contains("to move something write: reroute www-1 to host2;");
    }

    @Test
    void helpStandsBehindTheOptionsThatAllCommandsHave() {
        assertThat(run(80, List.of("--home", "/nowhere", "help", "drain"))).isZero();
        assertThat(said()).contains("--because");
    }

    @Test
    void severalServicesAndPatternsAreMovedAtOnce() {
        assertThat(run("www-1 www-2 to host3")).isZero();
        assertThat(stage.at("www-1")).containsExactly("host3");
        assertThat(stage.at("www-2")).containsExactly("host3");
        assertThat(run("www-* to host4 --dry-run")).isZero();
        assertThat(said()).contains("www-1 host3 -> host4", "www-2 host3 -> host4");
        assertThat(run("www-1 www-9 to host2")).as("nothing is half done").isEqualTo(2);
        assertThat(stage.at("www-1")).containsExactly("host3");
    }

    @Test
    void ofSeveralServicesThoseThatAreRefusedKeepNoOtherFromMoving() {
        assertThat(run("www-* to host1")).as("www-2 has no host1").isEqualTo(5);
        assertThat(said()).contains("refused", "host1 does not carry www-2");
        assertThat(run("www-* to host1 --json")).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "plan", "explain www-1", "explain host1", "explain gw1", "history",
            "history --verify", "jobs", "www-1 to host2", "www-1 to host2 --dry-run", "release www-1",
            "drain host4", "undrain host4", "undo", "pause", "resume", "reload --dry-run", "token", "token add anna",
            "completion", "man", "names services", "drill", "status --check", "status nope", "explain nope",
            "drain nope", "nonsense", "www-1 to host2 --for 0s", "undrain host9", "token revoke nobody"})
    void everyAnswerIsJsonIfItIsAskedFor(String line) throws Exception {
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        words.add("--json");
        int code = run(80, words);
        JsonNode answer = new ObjectMapper().readTree(said());
        if (code == 2) {
            assertThat(answer.path("error").asText()).isNotBlank();
            assertThat(answer.path("exit").asInt()).isEqualTo(code);
        } else {
            assertThat(answer.isContainerNode()).as(said()).isTrue();
        }
    }

    @Test
    void fieldsMakeAnAnswerAsShortAsItsReaderNeeds() {
        run("status --json --fields headline,services.name,services.status");
        assertThat(said().replaceAll("\\s+", "")).startsWith("{\"headline\":")
                .endsWith(
                        "\"services\":[{\"name\":\"www-1\",\"status\":\"ok\"},{\"name\":\"www-2\",\"status\":\"ok\"}]}");
    }

    @Test
    void theStatusFitsFortyColumns() {
        stage.dies("host1");
        stage.checks(4);
        run(40, List.of("status"));
        assertThat(said().lines()).allMatch(l -> l.length() <= 40);
        assertThat(said()).contains("www-1", "moved", "needs you");
    }

    @Test
    void theHistoryGivesItsTextMostOfEightyColumns() {
        stage.dies("host1");
        stage.checks(4);
        run("www-2 to host3");
        run("history --since 1d");
        assertThat(said().lines()).allMatch(l -> l.length() <= 80);
        assertThat(said().lines().filter(l -> l.matches("\\d\\d:.*")))
                .allMatch(l -> l.substring(0, 25).matches(".{8}  [a-z-]+ +"));
        run("history --kind wish");
        assertThat(said()).contains("pin www-2 to host3 by root").doesNotContain("moved");
        run("history --of host3");
        assertThat(said()).contains("www-2 host2 -> host3").doesNotContain("www-1 host1 -> host2");
    }

    @Test
    void onlyWhatIsAskedForIsShown() {
        run("status www-2");
        assertThat(said()).contains("www-2", "host3").doesNotContain("www-1 ");
        run("status host1");
        assertThat(said()).contains("www-1", "host1").doesNotContain("www-2");
        stage.dies("host1");
        stage.checks(4);
        run("status --down");
        assertThat(said()).contains("www-1", "host1").doesNotContain("www-2 ", "host3  ");
    }
}
