package net.reroute.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.reroute.core.Given;
import net.reroute.core.Health.State;
import net.reroute.core.Outcome;
import net.reroute.core.Service.Choose;
import net.reroute.core.Service.Policy;
import net.reroute.core.Service.Rules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a reload does not change goes on as if there had been none; after a gap nothing from before is believed. */
@Timeout(60)
class ReloadTest {

    private static final String WWW1 = "192.168.1.32/27";

    @TempDir
    Path state;

    private Stage stage(Given given, String... names) {
        Map<String, Device> routers = new LinkedHashMap<>();
        for (String name : names) {
            routers.put(name, new FakeDevice());
        }
        return new Stage(state, given, routers).start();
    }

    private static Given two() {
        return Given.one().service("www-2", "192.168.1.64/27", Given.rules(), "host2", "host3");
    }

    /** www-1 with another soak. */
    private static Given soaking(int seconds) {
        Rules rules = new Rules(Policy.ANY, 1, Choose.ORDERED, true, Duration.ofSeconds(seconds));
        return new Given().service("www-1", WWW1, rules, "host1", "host2", "host3", "host4");
    }

    @Test
    void reloadsBetweenAllChecksDelayNoFailoverAndCostNoLogin() {
        try (Stage stage = stage(Given.one(), "gw1")) {
            stage.checks(9);
            stage.dies("host1");
            for (int check = 1; check <= 3; check++) {
                assertThat(stage.routers.get("gw1").typed).as("before check %d", check).isEmpty();
                for (int i = 0; i < 20; i++) {
                    stage.reload(i % 2 == 0 ? two() : soaking(60 + i));
                }
                stage.checks(1);
            }
            assertThat(stage.routers.get("gw1").hops(WWW1)).containsExactly("192.168.1.3");
            assertThat(stage.routers.get("gw1").typed).hasSize(1);
            assertThat(stage.routers.get("gw1").logins).hasValue(1);
        }
    }

    @Test
    void whatIsSetAsideAndWhatWasToldIsSoAfterAReload() {
        try (Stage stage = stage(Given.one(), "gw1")) {
            stage.badThroughRouter.put("host2", "no answer");
            stage.dies("host1");
            stage.checks(3);
            assertThat(stage.at("www-1")).containsExactly("host3");
            stage.reload(soaking(50));
            stage.dies("host3");
            stage.checks(3);
            assertThat(stage.at("www-1")).as("host2 is set aside").containsExactly("host4");
            stage.dies("host2", "host4");
            stage.checks(6);
            for (int i = 0; i < 5; i++) {
                stage.reload(soaking(40 + i));
                stage.checks(1);
            }
            assertThat(stage.history().stream().filter(h -> h.startsWith("not-moved host4 is DOWN"))).hasSize(1);
        }
    }

    @Test
    void aMoveUnderWayIsNotCutByAReload() throws Exception {
        try (Stage stage = stage(Given.one(), "gw1")) {
            Device gw1 = stage.routers.get("gw1");
            gw1.approval.close();
            CompletableFuture<Outcome> move = stage.moving("www-1", "host3");
            Stage.await("it types", gw1.approval::isReached);
            for (int i = 0; i < 20; i++) {
                stage.reload(soaking(60 + i));
            }
            gw1.approval.open();
            assertThat(move.get(20, TimeUnit.SECONDS).exitCode()).isZero();
            stage.settle();
            assertThat(gw1.hops(WWW1)).containsExactly("192.168.1.4");
            assertThat(gw1.logins).hasValue(1);
        }
    }

    @Test
    void ofARouterThatIsTakenAwayTheRoundUnderWayIsEnded() throws Exception {
        try (Stage stage = stage(Given.one(), "gw1", "gw2")) {
            Device gw2 = stage.routers.get("gw2");
            gw2.approval.close();
            CompletableFuture<Outcome> move = stage.moving("www-1", "host3");
            Stage.await("it types", gw2.approval::isReached);
            stage.reload(Given.one(), "gw2");
            gw2.approval.open();
            assertThat(move.get(20, TimeUnit.SECONDS).exitCode()).isZero();
            stage.settle();
            assertThat(gw2.hops(WWW1)).containsExactly("192.168.1.4");
            assertThat(stage.controller.pool().routers()).containsOnlyKeys("gw1");
        }
    }

    @Test
    void aServiceThatIsNewWaitsForVerdictsAndTheOthersDoNot() {
        try (Stage stage = stage(Given.one(), "gw1")) {
            stage.checks(20);
            stage.reload(two());
            assertThat(stage.controller.monitor().verdict("host2", "www-2").state())
                    .as("asked by the same check as before").isEqualTo(State.UP);
            assertThat(stage.controller.monitor().verdict("host1", "www-2").state()).as("is none of its servers")
                    .isEqualTo(State.UNKNOWN);
        }
    }

    @Test
    void afterAGapNothingIsBelievedAndNothingMovesBeforeEveryServerHasAVerdict() {
        try (Stage stage = stage(Given.one(), "gw1")) {
            stage.checks(20);
            stage.dies("host1");
            stage.checks(2);
            stage.pass(Duration.ofSeconds(2));
            stage.controller.forget();
            Given.HOSTS.forEach(h -> assertThat(stage.monitor.verdict(h, "www-1").state()).isEqualTo(State.UNKNOWN));
            stage.checks(2);
            stage.look();
            assertThat(stage.routers.get("gw1").typed).as("two failures from before do not count").isEmpty();
            stage.checks(1);
            assertThat(stage.at("www-1")).containsExactly("host2");
        }
    }
}
