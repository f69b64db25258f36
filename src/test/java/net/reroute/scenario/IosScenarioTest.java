package net.reroute.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.reroute.core.Given;
import net.reroute.core.RequestRefusedException;
import net.reroute.simulation.cli.SimulatedCli;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stories with a simulated Cisco, through SSH. */
class IosScenarioTest extends Scenarios {

    @TempDir
    Path homes;

    private int count;

    @Override
    Device device() {
        return new IosDevice(homes.resolve("home" + count++));
    }

    private SimulatedCli ios(Stage stage) {
        return ((IosDevice) stage.routers.get("gw1")).ios;
    }

    @Test
    void aChangeThatIsCutOffBetweenItsTwoLinesIsFinishedAtOnce() throws RequestRefusedException {
        try (Stage stage = one()) {
            ios(stage).faults().drop("^no ip route");
            assertThat(stage.moves("www-1", "host3").exitCode()).isZero();
            assertThat(stage.routers.get("gw1").hops(WWW1)).containsExactly("192.168.1.4");
        }
    }

    @Test
    void aChangeThatWasCutOffIsNotTakenForAHandEditAfterARestart() throws RequestRefusedException {
        Stage stage = one();
        for (int i = 0; i < 20; i++) {
            ios(stage).faults().drop("^no ip route");
        }
        stage.dies("host1");
        stage.checks(3);
        assertThat(stage.routers.get("gw1").hops(WWW1)).containsExactly("192.168.1.2", "192.168.1.3");
        stage.stop();
        ios(stage).faults().none();
        stage.recovers("host1");
        stage.start();
        stage.checks(5);
        stage.look();
        assertThat(stage.routers.get("gw1").hops(WWW1)).hasSize(1);
        assertThat(stage.controller.pool().drift("www-1")).isEmpty();
        stage.close();
    }

    @Test
    void aLockedConfigurationIsTriedAgainUntilItIsFree() {
        try (Stage stage = one()) {
            ios(stage).faults().locked("Configuration mode locked exclusively by user 'noc'. Please try later.");
            stage.dies("host1");
            stage.checks(3);
            assertThat(stage.routers.get("gw1").hops(WWW1)).containsExactly("192.168.1.2");
            ios(stage).faults().none();
            stage.look();
            assertThat(stage.routers.get("gw1").hops(WWW1)).containsExactly("192.168.1.3");
        }
    }

    @Test
    void aRouterThatComesBackIsBroughtToWhatWasDecidedAtOnce() {
        try (Stage stage = one()) {
            stage.routers.get("gw1").reachable = false;
            stage.dies("host1");
            stage.checks(3);
            stage.routers.get("gw1").reachable = true;
            stage.controller.pool().keepWarm();
            Stage.await("it points at host2", () -> stage.routers.get("gw1").hops(WWW1).equals(List.of("192.168.1.3")));
        }
    }

    @Test
    void aChangeThatTheRouterTakesBackWhenItsTimerHasRunIsToldAndStatusFollows() throws RequestRefusedException {
        List<Runnable> dueLater = new ArrayList<>();
        try (Stage stage = stage(Given.one(), "gw1")) {
            stage.later = (delay, what) -> {
                if (delay.compareTo(Duration.ofMinutes(1)) > 0) {
                    dueLater.add(what);
                }
            };
            stage.start();
            assertThat(stage.moves("www-1", "host3").exitCode()).isZero();
            assertThat(dueLater).as("a look when the timer has run").hasSize(1);
            stage.routers.get("gw1").route(WWW1, "192.168.1.2");
            stage.pass(Duration.ofSeconds(75));
            dueLater.getFirst().run();
            Stage.await("it is where the router has it", () -> stage.at("www-1").equals(List.of("host1")));
            stage.settle();
            assertThat(stage.history()).contains(
                    "went-back gw1 has taken the last move back by itself: www-1 is at host1 again");
        }
    }
}
