package net.reroute.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.reroute.control.LastIntent;
import net.reroute.core.Event;
import net.reroute.core.Given;
import net.reroute.core.Outcome;
import net.reroute.core.Reading;
import net.reroute.core.RequestRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every kind of router goes through. */
@Timeout(120)
abstract class Scenarios extends TwoRouterScenarios {

    Stage one() {
        return stage(Given.one(), "gw1").start();
    }

    @Test
    void aStartAdoptsWhatItFindsAndTypesNothing() {
        try (Stage stage = one()) {
            assertThat(stage.at("www-1")).containsExactly("host1");
            stage.checks(5);
            stage.look();
            assertThat(stage.routers.get("gw1").typed).isEmpty();
        }
    }

    @Test
    void aDeadServerIsLeftAndReturnedToAfterItsSoak() {
        try (Stage stage = one()) {
            stage.dies("host1");
            stage.checks(2);
            assertThat(stage.routers.get("gw1").hops(WWW1)).containsExactly("192.168.1.2");
            stage.checks(1);
            assertThat(stage.routers.get("gw1").hops(WWW1)).containsExactly("192.168.1.3");
            assertThat(stage.at("www-1")).containsExactly("host2");
            stage.recovers("host1");
            stage.checks(30);
            stage.look();
            assertThat(stage.at("www-1")).containsExactly("host2");
            stage.checks(60);
            stage.look();
            assertThat(stage.at("www-1")).containsExactly("host1");
            assertThat(stage.history()).contains(
                    "moved www-1 host1 -> host2: host1 is DOWN (web: no answer); host2 is next [gw1: read back and"
                            + " probed]");
        }
    }

    @Test
    void aFlappingHomeMovesTheServiceOnce() {
        try (Stage stage = one()) {
            for (int i = 0; i < 10; i++) {
                stage.dies("host1");
                stage.checks(4);
                stage.recovers("host1");
                stage.checks(6);
                stage.look();
            }
            assertThat(stage.routers.get("gw1").typed).hasSize(1);
        }
    }

    @Test
    void aServerThatMissesNowAndThenIsNeverLeft() {
        try (Stage stage = one()) {
            for (int i = 0; i < 10; i++) {
                stage.dies("host1");
                stage.checks(2);
                stage.recovers("host1");
                stage.checks(1);
            }
            assertThat(stage.routers.get("gw1").typed).isEmpty();
        }
    }

    @Test
    void whenAllServersAreDeadNothingIsTyped() {
        try (Stage stage = one()) {
            stage.dies("host1", "host2", "host3", "host4");
            stage.checks(6);
            stage.look();
            assertThat(stage.routers.get("gw1").typed).isEmpty();
            assertThat(stage.history()).anyMatch(h -> h.startsWith("not-moved host1 is DOWN"));
        }
    }

    @Test
    void aControllerThatIsCutOffFromEverythingMovesNothing() {
        try (Stage stage = one()) {
            stage.routers.get("gw1").reachable = false;
            stage.dies("host1", "host2", "host3", "host4");
            stage.checks(10);
            stage.look();
            stage.routers.get("gw1").reachable = true;
            stage.recovers("host1", "host2", "host3", "host4");
            stage.checks(10);
            stage.look();
            assertThat(stage.routers.get("gw1").typed).isEmpty();
            assertThat(stage.at("www-1")).containsExactly("host1");
        }
    }

    @Test
    void serversThatComeBackOneAfterAnotherAfterAnIsolationMoveNothing() {
        try (Stage stage = one()) {
            stage.dies("host1", "host2", "host3", "host4");
            stage.checks(5);
            stage.recovers("host2");
            stage.checks(1);
            stage.recovers("host1", "host3", "host4");
            stage.checks(8);
            stage.look();
            assertThat(stage.routers.get("gw1").typed).isEmpty();
        }
    }

    @Test
    void theOnlyServerThatComesBackGetsEverythingAfterAWhile() {
        try (Stage stage = one()) {
            stage.dies("host1", "host2", "host3", "host4");
            stage.checks(5);
            stage.recovers("host2");
            stage.checks(8);
            stage.look();
            assertThat(stage.at("www-1")).containsExactly("host2");
        }
    }

    @Test
    void aRouteThatVanishedIsMadeAgain() {
        try (Stage stage = one()) {
            stage.routers.get("gw1").clear();
            stage.look();
            assertThat(stage.routers.get("gw1").hops(WWW1)).containsExactly("192.168.1.2");
        }
    }

    @Test
    void aHandEditIsKeptUntilItsServerDies() {
        try (Stage stage = one()) {
            stage.routers.get("gw1").route(WWW1, "192.168.1.4");
            stage.look();
            assertThat(stage.at("www-1")).containsExactly("host3");
            stage.checks(100);
            stage.look();
            assertThat(stage.routers.get("gw1").typed).isEmpty();
            stage.dies("host3");
            stage.checks(3);
            assertThat(stage.at("www-1")).containsExactly("host1");
        }
    }

    @Test
    void aForeignNextHopIsReportedAndLeft() {
        try (Stage stage = one()) {
            stage.routers.get("gw1").route(WWW1, "192.168.1.29");
            stage.look();
            stage.dies("host1");
            stage.checks(3);
            stage.look();
            assertThat(stage.routers.get("gw1").hops(WWW1)).containsExactly("192.168.1.29");
            assertThat(stage.controller.pool().drift("www-1").get("gw1")).contains("somebody else's doing");
        }
    }

    @Test
    void movesByHandAndGivesBack() throws RequestRefusedException {
        try (Stage stage = one()) {
            assertThat(stage.moves("www-1", "host3").exitCode()).isZero();
            assertThat(stage.routers.get("gw1").hops(WWW1)).containsExactly("192.168.1.4");
            stage.checks(100);
            stage.look();
            assertThat(stage.at("www-1")).containsExactly("host3");
            stage.byHand().release(stage.service("www-1"), Stage.ANNA.asks());
            assertThat(stage.at("www-1")).containsExactly("host1");
        }
    }

    @Test
    void aMoveToADeadServerIsRefusedUnlessForced() throws RequestRefusedException {
        try (Stage stage = one()) {
            stage.dies("host3");
            stage.checks(3);
            assertThatThrownBy(() -> stage.moves("www-1", "host3")).isInstanceOf(RequestRefusedException.class)
                    .hasMessage(
                            "host3 is DOWN for www-1 (web: no answer); --force moves it there all the same");
            stage.byHand().move(stage.service("www-1"), "host3", false, Stage.ANNA.forces());
            assertThat(stage.at("www-1")).containsExactly("host3");
            stage.checks(10);
            stage.look();
            assertThat(stage.at("www-1")).containsExactly("host3");
        }
    }

    @Test
    void aMoveThatTheRouterTakesAndDoesNotMakeIsPutBack() throws RequestRefusedException {
        try (Stage stage = one()) {
            stage.routers.get("gw1").ignores = true;
            Outcome outcome = stage.moves("www-1", "host3");
            assertThat(outcome.exitCode()).isEqualTo(4);
            assertThat(outcome.routers().getFirst().text())
                    .isEqualTo("it took the change and did not make it, put back");
            assertThat(stage.at("www-1")).containsExactly("host1");
        }
    }

    @Test
    void aRefusedMoveIsNotUnreachable() throws RequestRefusedException {
        try (Stage stage = one()) {
            stage.routers.get("gw1").refuses = true;
            Outcome outcome = stage.moves("www-1", "host3");
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.routers().getFirst().text()).isEqualTo("refused: Operation not permitted");
        }
        assertThat(Outcome.Kind.REFUSED).isNotEqualTo(Outcome.Kind.UNREACHABLE);
    }

    @Test
    void anUnreachableRouterIsSaidToBe() throws RequestRefusedException {
        try (Stage stage = one()) {
            stage.routers.get("gw1").reachable = false;
            assertThat(stage.moves("www-1", "host3").exitCode()).isEqualTo(3);
            assertThat(stage.at("www-1")).containsExactly("host1");
        }
    }

    @Test
    void aPlannedMoveWhoseProbeFailsIsPutBackExactly() throws RequestRefusedException {
        try (Stage stage = one()) {
            stage.badThroughRouter.put("host3", "web through the router: no answer in 1s");
            String before = stage.routers.get("gw1").exact(WWW1);
            Outcome outcome = stage.moves("www-1", "host3");
            assertThat(outcome.exitCode()).isEqualTo(4);
            assertThat(stage.routers.get("gw1").exact(WWW1)).isEqualTo(before);
            assertThat(stage.at("www-1")).containsExactly("host1");
        }
    }

    @Test
    void aFailoverWhoseProbeFailsGoesToTheNextCandidate() {
        try (Stage stage = one()) {
            stage.badThroughRouter.put("host2", "web through the router: no answer in 1s");
            stage.dies("host1");
            stage.checks(3);
            Stage.await("host3 carries it", () -> stage.at("www-1").equals(List.of("host3")));
            assertThat(stage.routers.get("gw1").hops(WWW1)).containsExactly("192.168.1.4");
            stage.settle();
            // The first move was made, and told so, and so was what is wrong with it.
            assertThat(stage.events).filteredOn(e -> e.fact("service").equals("www-1")).extracting(Event::kind)
                    .containsSubsequence(Event.Kind.MOVED, Event.Kind.TROUBLE, Event.Kind.MOVED)
                    .doesNotContain(Event.Kind.NOT_MOVED);
            assertThat(stage.history()).anyMatch(h -> h.startsWith("moved www-1 host1 -> host2")
                    && h.contains("read back, but web through the router"));
        }
    }

    @Test
    void aRouterThatBreaksInTheMiddleIsReadAnew() {
        try (Stage stage = stage(many(), "gw1").start()) {
            stage.routers.get("gw1").dropsAfter = 3;
            stage.dies("host1");
            stage.checks(3);
            for (int i = 0; i < 8; i++) {
                assertThat(stage.routers.get("gw1").hops("10.7.0." + i + "/32")).containsExactly("192.168.1.3");
            }
        }
    }

    private static Given many() {
        Given given = new Given();
        for (int i = 0; i < 8; i++) {
            given.service("s" + i, "10.7.0." + i + "/32", Given.rules(), "host1", "host2");
        }
        return given;
    }

    @Test
    void drainsAServerAndRefusesWhereNobodyElseIsUp() throws RequestRefusedException {
        try (Stage stage = one()) {
            stage.byHand().drain("host1", Stage.ANNA.asks());
            assertThat(stage.at("www-1")).containsExactly("host2");
            stage.dies("host3", "host4");
            stage.checks(3);
            assertThatThrownBy(() -> stage.byHand().drain("host2", Stage.ANNA.asks()))
                    .isInstanceOf(RequestRefusedException.class)
                    .hasMessageContaining("would leave www-1 nowhere");
            stage.byHand().undrain("host1", Stage.ANNA.asks());
            stage.checks(100);
            stage.look();
            assertThat(stage.at("www-1")).containsExactly("host1");
        }
    }

    @Test
    void whilePausedOnlyHandsMove() throws RequestRefusedException {
        try (Stage stage = one()) {
            stage.byHand().pause(Given.ANNA);
            stage.dies("host1");
            stage.checks(4);
            stage.look();
            assertThat(stage.routers.get("gw1").typed).isEmpty();
            assertThat(stage.moves("www-1", "host4").exitCode()).isZero();
            stage.byHand().resume(Given.ANNA);
            stage.settle();
            assertThat(stage.at("www-1")).containsExactly("host4");
        }
    }

    @Test
    void aRestartIsWithoutARipple() throws RequestRefusedException {
        Stage stage = one();
        stage.moves("www-1", "host3");
        stage.dies("host2");
        stage.checks(3);
        stage.stop();
        stage.start();
        assertThat(stage.at("www-1")).containsExactly("host3");
        stage.checks(100);
        stage.look();
        assertThat(stage.at("www-1")).containsExactly("host3");
        assertThat(stage.routers.get("gw1").typed).hasSize(1);
        stage.close();
    }

    @Test
    void afterAStartNothingMovesBeforeEveryServerHasAVerdict() {
        Stage stage = stage(Given.one(), "gw1");
        stage.dies("host1");
        stage.start();
        assertThat(stage.routers.get("gw1").typed).isEmpty();
        stage.checks(1);
        assertThat(stage.routers.get("gw1").typed).isEmpty();
        stage.checks(1);
        assertThat(stage.at("www-1")).containsExactly("host2");
        stage.close();
    }

    @Test
    void forceForOneServiceDoesNotTakeOverTheForeignRouteOfAnother() throws RequestRefusedException {
        try (Stage stage = stage(many(), "gw1").start()) {
            stage.routers.get("gw1").route("10.7.0.0/32", "192.168.1.29");
            stage.byHand().drain("host1", Stage.ANNA.asks());
            stage.byHand().move(stage.service("s1"), "host1", false, Stage.ANNA.forces());
            assertThat(stage.routers.get("gw1").hops("10.7.0.0/32")).containsExactly("192.168.1.29");
            assertThat(stage.routers.get("gw1").hops("10.7.0.1/32")).containsExactly("192.168.1.2");
        }
    }

    @Test
    void aMoveByHandAnswersForItsOwnServiceWhileAnotherKeepsFailing() throws RequestRefusedException {
        try (Stage stage = stage(many(), "gw1").start()) {
            stage.routers.get("gw1").route("10.7.0.0/32", "192.168.1.29");
            stage.dies("host1");
            stage.checks(3);
            stage.recovers("host1");
            stage.checks(4);
            Outcome outcome = stage.moves("s3", "host1");
            assertThat(outcome.decision().service().name()).isEqualTo("s3");
            assertThat(outcome.exitCode()).isZero();
            assertThat(stage.controller.intents().pin("s3", Given.NOW)).isPresent();
        }
    }

    @Test
    void aMoveThatFailedIsNotRepeatedByUndo() throws Exception {
        try (Stage stage = one()) {
            stage.routers.get("gw1").refuses = true;
            stage.moves("www-1", "host3");
            stage.routers.get("gw1").refuses = false;
            try (var journal = net.reroute.journal.JournalReader.open(state)) {
                assertThatThrownBy(() -> LastIntent.find(journal, Given.ANNA.actor()))
                        .isInstanceOf(RequestRefusedException.class)
                        .hasMessage("there is no wish to undo");
            }
            assertThat(stage.routers.get("gw1").typed).isEmpty();
        }
    }

    @Test
    void whatIsAskedForIsReadFromTheRouterBeforeItIsCalledDone() throws RequestRefusedException {
        try (Stage stage = one()) {
            stage.routers.get("gw1").route(WWW1, "192.168.1.29");
            Outcome left = stage.moves("www-1", "host1");
            assertThat(left.exitCode()).isEqualTo(1);
            assertThat(left.routers().getFirst().router()).isEqualTo("gw1");
            assertThat(left.routers().getFirst().text()).contains("none of its servers (192.168.1.29)");
            assertThat(stage.byHand().release(stage.service("www-1"), Stage.ANNA.asks()).getFirst().exitCode())
                    .isEqualTo(1);
            Outcome forced = stage.byHand().move(stage.service("www-1"), "host1", false, Stage.ANNA.forces())
                    .getFirst();
            assertThat(forced.exitCode()).isZero();
            assertThat(stage.routers.get("gw1").hops(WWW1)).containsExactly("192.168.1.2");
            Outcome already = stage.moves("www-1", "host1");
            assertThat(already.routers().getFirst().toString()).isEqualTo("gw1: already so");
        }
    }

    @Test
    void aRouteThatIsGoneIsMadeWhereItIsAskedFor() throws RequestRefusedException {
        try (Stage stage = one()) {
            stage.routers.get("gw1").clear();
            assertThat(stage.moves("www-1", "host1").exitCode()).isZero();
            assertThat(stage.routers.get("gw1").hops(WWW1)).containsExactly("192.168.1.2");
        }
    }

    @Test
    void whatCannotBeReadIsNotCalledDone() throws RequestRefusedException {
        try (Stage stage = one()) {
            stage.routers.get("gw1").reachable = false;
            assertThat(stage.moves("www-1", "host1").exitCode()).isEqualTo(3);
        }
    }

    @Test
    void whatTheTableHeldAndWhenIsKnown() {
        try (Stage stage = one()) {
            stage.dies("host1", "host2", "host3", "host4");
            stage.checks(4);
            stage.routers.get("gw1").clear();
            stage.look();
            Reading first = stage.controller.pool().readings(stage.service("www-1")).get("gw1");
            assertThat(first.seen().shown()).isEmpty();
            stage.pass(java.time.Duration.ofSeconds(30));
            stage.routers.get("gw1").route(WWW1, "192.168.1.29");
            assertThat(stage.controller.pool().readings(stage.service("www-1")).get("gw1")).isEqualTo(first);
            stage.look();
            Reading second = stage.controller.pool().readings(stage.service("www-1")).get("gw1");
            assertThat(second.seen().shown()).hasToString("[192.168.1.29]");
            assertThat(second.at()).isEqualTo(first.at().plusSeconds(30));
        }
    }

    @Test
    void aProbeThatFailsThroughEverybodyCondemnsNobody() {
        try (Stage stage = one()) {
            Given.HOSTS.forEach(h -> stage.badThroughRouter.put(h, "web through the router: no answer in 1s"));
            stage.dies("host1");
            stage.checks(3);
            Stage.await("all have been tried", () -> stage.at("www-1").equals(List.of("host4")));
            stage.settle();
            stage.dies("host4");
            stage.checks(3);
            stage.settle();
            assertThat(stage.at("www-1")).containsExactly("host2");
            int typed = stage.routers.get("gw1").typed.size();
            stage.checks(30);
            stage.look();
            assertThat(stage.routers.get("gw1").typed).hasSize(typed);
            assertThat(stage.history().stream().filter(h -> h.startsWith("probe-blind "))).hasSize(1);
        }
    }

    @Test
    void aPlannedMoveIsKeptWhereTheProbeFailedBeforeItToo() throws RequestRefusedException {
        try (Stage stage = one()) {
            stage.badThroughRouter.put("host1", "web through the router: no answer in 1s");
            stage.badThroughRouter.put("host3", "web through the router: no answer in 1s");
            Outcome outcome = stage.moves("www-1", "host3");
            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.routers().getFirst().text()).contains("read back, not probed: its probe fails whatever"
                    + " server carries it");
        }
    }

    @Test
    void aServerThatWasSetAsideIsBetterThanOneThatIsDown() {
        try (Stage stage = one()) {
            stage.badThroughRouter.put("host2", "web through the router: no answer in 1s");
            stage.badThroughRouter.put("host3", "web through the router: no answer in 1s");
            stage.dies("host1");
            stage.checks(3);
            Stage.await("host4 carries it", () -> stage.at("www-1").equals(List.of("host4")));
            stage.settle();
            stage.dies("host4");
            stage.checks(3);
            stage.settle();
            assertThat(stage.at("www-1")).doesNotContain("host4", "host1");
        }
    }
}
