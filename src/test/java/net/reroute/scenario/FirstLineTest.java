package net.reroute.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.reroute.control.Ask;
import net.reroute.control.May;
import net.reroute.core.Actor;
import net.reroute.core.Assignment.Origin;
import net.reroute.core.Attribution;
import net.reroute.core.Given;
import net.reroute.core.RequestRefusedException;
import net.reroute.notify.Outbox;
import net.reroute.operations.DirectOperations;
import net.reroute.operations.RefusedReload;
import net.reroute.operations.StatusReport;
import net.reroute.view.MonitoringText;
import net.reroute.view.StatusText;
import net.reroute.view.Style;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The first line of the status, and the row of www-1, in staged situations. */
class FirstLineTest {

    @TempDir
    Path state;

    interface Staging {
        void stage(Stage stage, StageAccess access) throws RequestRefusedException;
    }

    /**
     * @param line the first line, without the time of the last move
     * @param row the row of www-1 and what stands under it, joined by spaces
     * @param check exit code for monitoring
     */
    record Situation(String name, Staging staging, String line, String row, int check) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static Situation of(String name, Staging staging, String line, String row, int check) {
        return new Situation(name, staging, line, row, check);
    }

    private static Ask asks(String why, Duration lasting) {
        return new Ask(new Attribution(new Actor.Human("root", ""), why, Given.NOW),
                lasting.isZero() ? Optional.empty() : Optional.of(Given.NOW.plus(lasting)), false, false);
    }

    private static Ask forces() {
        return new Ask(new Attribution(new Actor.Human("root", ""), "", Given.NOW), Optional.empty(), true, false);
    }

    static Stream<Situation> situations() {
        return Stream.of(
                of("all is well", (stage, access) -> {
                }, "all well: 2 services on 4 servers", "www-1 ok 192.168.1.32/27 host1 4s", 0),
                of("its home has just died", (stage, access) -> {
                    stage.dies("host1");
                    stage.checks(3);
                }, "all 2 services served, host1 DOWN, since 0ms",
                        "www-1 moved 192.168.1.32/27 host2 0ms | left host1 … ago: DOWN for 0ms: web: no answer; returns once host1 is UP for 1m",
                        1),
                of("its home is back and soaks", (stage, access) -> {
                    stage.dies("host1");
                    stage.checks(3);
                    stage.recovers("host1");
                    stage.checks(10);
                }, "2 services served: 1 moved",
                        "www-1 moved 192.168.1.32/27 host2 10s | left host1 … ago; returns in 53s", 0),
                of("all servers are dead", (stage, access) -> {
                    stage.dies("host1", "host2", "host3", "host4");
                    stage.checks(6);
                }, "2 of 2 services OUT, 4 servers DOWN, since 3s",
                        "www-1 OUT 192.168.1.32/27 host1 3s | host1 DOWN for 3s: web: no answer; no other server is UP: host2 DOWN for 3s, host3 DOWN for 3s, host4 DOWN for 3s",
                        2),
                of("all servers are dead and the router is away", (stage, access) -> {
                    stage.routers.get("gw1").reachable = false;
                    stage.dies("host1", "host2", "host3", "host4");
                    stage.checks(6);
                    stage.look();
                }, "2 of 2 services OUT, 4 servers DOWN, gw1 unreachable, since 3s",
                        "www-1 OUT 192.168.1.32/27 host1 3s | host1 DOWN for 3s: web: no answer; no other server is UP: host2 DOWN for 3s, host3 DOWN for 3s, host4 DOWN for 3s",
                        2),
                of("a server is dead and the router is away", (stage, access) -> {
                    stage.routers.get("gw1").reachable = false;
                    stage.dies("host1");
                    stage.checks(6);
                    stage.look();
                }, "1 of 2 services OUT, host1 DOWN, gw1 unreachable, since 3s",
                        "www-1 OUT 192.168.1.32/27 host1 3s | CANNOT move to host2: gw1 unreachable for 3s, next try in 5s",
                        2),
                of("only the router is away", (stage, access) -> {
                    stage.routers.get("gw1").reachable = false;
                    stage.look();
                    stage.pass(Duration.ofSeconds(7));
                }, "all 2 services served, gw1 unreachable, since 7s", "www-1 ok 192.168.1.32/27 host1 11s", 1),
                of("it is pinned for two hours", (stage, access) -> {
                    stage.byHand().move(stage.service("www-1"), "host2", false,
                            asks("keep till release", Duration.ofHours(2)));
                    stage.settle();
                }, "2 services served: 1 pinned",
                        "www-1 pinned 192.168.1.32/27 host2 0ms | pinned to host2 by root until 07:00 (\"keep till release\"); 'reroute release www-1' ends it",
                        0),
                of("it is pinned, and the server of the pin dies", (stage, access) -> {
                    stage.byHand().move(stage.service("www-1"), "host2", false, asks("", Duration.ZERO));
                    stage.settle();
                    stage.dies("host2");
                    stage.checks(3);
                }, "all 2 services served, host2 DOWN, since 0ms",
                        "www-1 pinned 192.168.1.32/27 host1 0ms | pinned to host2 by root; host2 DOWN for 0ms: web: no answer; returns once host2 is UP for 1m; 'reroute release www-1' ends it",
                        1),
                of("it is pinned to stay at a server that dies", (stage, access) -> {
                    stage.byHand().move(stage.service("www-1"), "host2", true, asks("", Duration.ZERO));
                    stage.settle();
                    stage.dies("host2");
                    stage.checks(3);
                }, "1 of 2 services OUT, host2 DOWN, since 0ms",
                        "www-1 OUT 192.168.1.32/27 host2 0ms | host2 DOWN for 0ms: web: no answer; pinned to stay at host2 by root; 'reroute release www-1' lets it go elsewhere",
                        2),
                of("its home is drained", (stage, access) -> {
                    stage.byHand().drain("host1", asks("kernel", Duration.ofHours(1)));
                    stage.settle();
                }, "2 services served: 1 drained",
                        "www-1 drained 192.168.1.32/27 host2 0ms | left host1 … ago: drained by root until 06:00 (\"kernel\"); returns when that is over; 'reroute undrain host1' ends it",
                        0),
                of("an idle server is drained", (stage, access) -> {
                    stage.byHand().drain("host4", asks("disk", Duration.ZERO));
                    stage.settle();
                }, "2 services served: 1 server drained", "www-1 ok 192.168.1.32/27 host1 4s", 0),
                of("a drain by force left it where it is", (stage, access) -> {
                    stage.dies("host2", "host3", "host4");
                    stage.checks(3);
                    stage.byHand().drain("host1", forces());
                    stage.settle();
                }, "1 of 2 services OUT, 1 of 2 services stuck, 3 servers DOWN, 1 server drained, since 0ms",
                        "www-1 stuck 192.168.1.32/27 host1 7s | CANNOT move: host1 is in maintenance by root; no other server is UP, left at host1; 'reroute undrain host1' lets it stay",
                        2),
                of("all are dead but one that is drained", (stage, access) -> {
                    stage.byHand().drain("host4", asks("kernel", Duration.ofHours(1)));
                    stage.dies("host1", "host2", "host3");
                    stage.checks(6);
                }, "2 of 2 services OUT, 3 servers DOWN, 1 server drained, since 3s",
                        "www-1 OUT 192.168.1.32/27 host1 3s | host1 DOWN for 3s: web: no answer; no other server may take over: host2 DOWN for 3s, host3 DOWN for 3s, host4 drained by root until 06:00 (\"kernel\"); 'reroute undrain host4' gives it a server",
                        2),
                of("its route is gone", (stage, access) -> {
                    stage.may = May.LOOK;
                    stage.routers.get("gw1").clear();
                    stage.look();
                }, "2 of 2 services OUT", "www-1 OUT 192.168.1.32/27 nobody 4s | gw1 has no route for 192.168.1.32/27",
                        2),
                of("the route leads to a stranger", (stage, access) -> {
                    stage.routers.get("gw1").route("192.168.1.32/27", "10.9.9.9");
                    stage.look();
                }, "1 of 2 services drift",
                        "www-1 drift 192.168.1.32/27 stranger 4s | gw1 has a next hop that is none of its servers (10.9.9.9) for 192.168.1.32/27: somebody else's doing, left alone; 'reroute www-1 to SERVER --force' takes it over",
                        1),
                of("the route was changed to another of its servers", (stage, access) -> {
                    stage.routers.get("gw1").route("192.168.1.32/27", "192.168.1.4");
                    stage.look();
                }, "2 services served: 1 moved",
                        "www-1 moved 192.168.1.32/27 host3 0ms | found there 0ms ago, kept until released; 'reroute release www-1' sends it home",
                        0),
                of("a pause, and nothing to do", (stage, access) -> {
                    stage.byHand().pause(new Attribution(new Actor.Human("root", ""), "switch", Given.NOW));
                    stage.settle();
                }, "all well: 2 services on 4 servers; paused by root (switch)", "www-1 ok 192.168.1.32/27 host1 4s",
                        0),
                of("its home dies while paused", (stage, access) -> {
                    stage.byHand().pause(new Attribution(new Actor.Human("root", ""), "switch", Given.NOW));
                    stage.dies("host1");
                    stage.checks(3);
                }, "1 of 2 services OUT, host1 DOWN, since 0ms; paused by root (switch)",
                        "www-1 OUT 192.168.1.32/27 host1 0ms | host1 DOWN for 0ms: web: no answer; would move www-1 host1 -> host2",
                        2),
                of("its home dies while observing", (stage, access) -> {
                    stage.may = May.LOOK;
                    stage.dies("host1");
                    stage.checks(3);
                }, "1 of 2 services OUT, host1 DOWN, since 0ms",
                        "www-1 OUT 192.168.1.32/27 host1 0ms | host1 DOWN for 0ms: web: no answer; would move to host2 (observe); 'reroute resume' makes it act",
                        2),
                of("a server flaps", (stage, access) -> {
                    for (int i = 0; i < 2; i++) {
                        stage.dies("host1");
                        stage.checks(3);
                        stage.recovers("host1");
                        stage.checks(3);
                    }
                }, "all 2 services served, host1 unsteady",
                        "www-1 moved 192.168.1.32/27 host2 9s | left host1 … ago; returns in 1m; host1 flapping: 4 changes in 10m",
                        1),
                of("a server fails now and then", (stage, access) -> {
                    for (int i = 0; i < 6; i++) {
                        stage.dies("host1");
                        stage.checks(1);
                        stage.recovers("host1");
                        stage.checks(1);
                    }
                }, "all 2 services served, host1 unsteady", "www-1 ok 192.168.1.32/27 host1 16s", 1),
                of("no daemon runs", (stage, access) -> access.daemon = false,
                        "no daemon is running: nobody watches; a short look saw all well: 2 services on 4 servers",
                        "www-1 ok 192.168.1.32/27 host1 4s", 2),
                of("a reload was refused", (stage, access) -> access.refusedReload = Optional
                        .of(new RefusedReload(stage.now(), "two mistakes")),
                        "all 2 services served, a reload was refused", "www-1 ok 192.168.1.32/27 host1 4s", 1),
                of("a channel does not deliver", (stage, access) -> access.outbox = List
                        .of(new Outbox.ChannelReport("mail", 3, "connection refused", stage.now())),
                        "all 2 services served, 1 channel cannot deliver", "www-1 ok 192.168.1.32/27 host1 4s", 1),
                of("the log does not flow", (stage, access) -> access.logTrouble = Optional.of("nobody reads"),
                        "all 2 services served, the log does not flow", "www-1 ok 192.168.1.32/27 host1 4s", 1),
                of("checks have not answered yet", (stage, access) -> stage.controller.forget(),
                        "2 of 2 services unknown",
                        "www-1 unknown 192.168.1.32/27 host1 0ms | host1 has no verdict for 0ms: web: not checked yet",
                        3));
    }

    @ParameterizedTest
    @MethodSource("situations")
    void theFirstLineIsTheTruthInBrief(Situation situation) throws Exception {
        Given given = Given.one().service("www-2", "192.168.1.64/27", Given.rules(), "host2", "host3", "host4")
                .at("www-2", Origin.MOVED, "host2");
        Map<String, Device> routers = new LinkedHashMap<>(Map.of("gw1", new FakeDevice()));
        try (Stage stage = new Stage(state, given, routers).start()) {
            StageAccess access = new StageAccess(stage);
            stage.checks(3);
            situation.staging.stage(stage, access);
            StatusReport report = new DirectOperations(access).status(List.of());
            List<String> lines = StatusText.lines(report, new Style(1000, false), StatusText.Amount.FEW);
            assertThat(lines.getFirst().replaceAll(", last move [^;]*", "")).isEqualTo(situation.line); // the journal's clock
            assertThat(row(lines)).isEqualTo(situation.row);
            assertThat(MonitoringText.of(report).code()).isEqualTo(situation.check);
        }
    }

    private static String row(List<String> lines) {
        int at = lines.stream().filter(l -> l.startsWith("www-1 ")).map(lines::indexOf).findFirst().orElseThrow();
        String under = lines.get(at + 1).startsWith("   ") ? " | " + lines.get(at + 1).strip() : "";
        // when it left is told by the journal, which has its own clock
        return lines.get(at).replaceAll(" +", " ") + under.replaceAll("left (\\S+) \\S+ ago", "left $1 … ago");
    }
}
