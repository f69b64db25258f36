package net.reroute.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Event;
import net.reroute.core.Health;
import net.reroute.core.Hours;
import net.reroute.core.Playbook;
import net.reroute.core.Playbook.Action;
import net.reroute.core.Playbook.Schedule;
import net.reroute.core.Playbook.Step;
import net.reroute.core.Playbook.When;
import net.reroute.core.Takeover.Means;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaybookReaderTest {

    @TempDir
    Path folder;

    private final ProblemList problems = new ProblemList();

    private Playbook read(String text) throws IOException {
        Files.writeString(folder.resolve("respawn-web.yaml"), text);
        return new PlaybookReader(problems).read(folder).get("respawn-web");
    }

    private List<String> mistakes(String text) throws IOException {
        read(text);
        return problems.sorted().stream().map(Problem::sentence).toList();
    }

    @Test
    void aPlaybookBoundToAnEventIsReadWhole() throws IOException {
        Playbook read = read("""
                             when: {event: server-suspect, check: web}
                             steps:
                               - run: {at: server, command: [systemctl, restart, nginx], within: 5s, tries: 2}
                               - recheck: {within: 3s}
                               - notify: {to: ops, text: "{server}: {check} did not come back", if-failed: go-on}
                             """);
        assertThat(problems.sorted()).isEmpty();
        assertThat(read.when()).contains(new When.On(Event.Kind.SERVER_SUSPECT, Map.of("check", "web"), false));
        assertThat(read.steps()).containsExactly(
                new Step(new Action.Run("server", List.of("systemctl", "restart", "nginx")), Duration.ofSeconds(5), 2,
                        false),
                new Step(new Action.Recheck(), Duration.ofSeconds(3), 1, false),
                new Step(new Action.Notify("ops", "{server}: {check} did not come back"), Duration.ofSeconds(10), 1,
                        true));
    }

    @Test
    void aPlaybookWithAScheduleHasItsTimeZoneAndTellsWhatBecomesOfAMissedStart() throws IOException {
        assertThat(read(
                "{schedule: '0 0 4 * * ?', zone: Europe/Berlin, jitter: 5m, missed: run, steps: [release: {service: a}]}")
                .when()).contains(new When.At(new Schedule.Cron("0 0 4 * * ?", ZoneId.of("Europe/Berlin")),
                        Duration.ofMinutes(5), true));
        assertThat(read("{every: 1h, steps: [release: {service: a}]}").when())
                .contains(new When.At(new Schedule.Every(Duration.ofHours(1)), Duration.ZERO, false));
        assertThat(problems.sorted()).isEmpty();
    }

    @Test
    void everyStepIsUnderstood() throws IOException {
        assertThat(read("""
                        steps:
                          - veto: {command: [test, -e, /go]}
                          - move: {service: www, to: host2, for: 1h}
                          - drain: {}
                          - wait: {for: 5s}
                          - wait: {until: up, server: host1, for: 1m, within: 5m}
                          - undrain: {server: host1}
                          - fence: {means: interface, power: [ipmitool, power, "off"]}
                          - playbook: {name: mirror}
                          - drill: {server: next, shadow: true, window: "02:00-05:00", zone: UTC}
                        """).steps()).extracting(Step::action).containsExactly(
                new Action.Veto("controller", List.of("test", "-e", "/go")),
                new Action.Move("www", "host2", Optional.of(Duration.ofHours(1))),
                new Action.Drain("{server}", Optional.empty()), new Action.Pause(Duration.ofSeconds(5)),
                new Action.Await("host1", Health.State.UP, Duration.ofMinutes(1)), new Action.Undrain("host1"),
                new Action.Fence("{server}", Means.INTERFACE, Duration.ofMinutes(5),
                        List.of("ipmitool", "power", "off")),
                new Action.Play("mirror"),
                new Action.Drill("next", true, Optional.of(Hours.parse("02:00-05:00", ZoneId.of("UTC")))));
        assertThat(problems.sorted()).isEmpty();
    }

    @Test
    void allMistakesAreToldAtOnceEachWithWhatToDo() throws IOException {
        assertThat(mistakes("""
                            when: {event: server-sick, srvice: www}
                            schedule: 0 0 4 * * ?
                            zone: Europe/Bonn
                            steps:
                              - restart: {}
                              - runn: {command: x}
                              - run: {command: [], if-failed: carry-on}
                              - wait: {until: host1}
                              - move: {service: www}
                              - [run]
                            """)).anySatisfy(m -> assertThat(m).contains("one of 'when:', 'schedule:', 'every:'"))
                .anySatisfy(m -> assertThat(m).contains("'Europe/Bonn' is no time zone"))
                .anySatisfy(m -> assertThat(m).contains("unknown step 'restart'").contains("known are drain"))
                .anySatisfy(m -> assertThat(m).contains("unknown step 'runn'").contains("did you mean 'run'"))
                .anySatisfy(m -> assertThat(m).contains("needs 'command:', a list of words"))
                .anySatisfy(m -> assertThat(m).contains("'if-failed' is stop or go-on, not 'carry-on'"))
                .anySatisfy(m -> assertThat(m).contains("'until' is up or down, not 'host1'"))
                .anySatisfy(m -> assertThat(m).contains("needs 'to:'"))
                .anySatisfy(m -> assertThat(m).contains("is written as ACTION: {...}"));
    }

    @Test
    void anEventThatThereIsNotIsNamedWithTheOneThatWasMeant() throws IOException {
        assertThat(mistakes("{when: {event: server-dwn}, steps: [recheck: {}]}"))
                .singleElement().asString().contains("unknown event 'server-dwn'").contains("server-down");
    }

    @Test
    void aFileThatHoldsNoPlaybookIsNotPassedOverInSilence() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "");
        Files.writeString(folder.resolve("b.yaml"), "- run: ls\n");
        Files.writeString(folder.resolve("night.yml"), "steps: []\n");
        new PlaybookReader(problems).read(folder);
        List<String> told = problems.sorted().stream().map(Problem::toString).toList();
        assertThat(told).satisfiesExactly(
                empty -> assertThat(empty).contains("a.yaml:1:1: is empty; a playbook has 'steps:'"),
                list -> assertThat(list).contains("b.yaml:1:1: has no 'key: value' at its top"),
                other -> assertThat(other).contains("night.yml:1:1: is not read"));
    }

    @Test
    void withoutAFolderThereAreNone() {
        assertThat(new PlaybookReader(problems).read(folder.resolve("nowhere"))).isEmpty();
    }
}
