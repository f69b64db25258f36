package net.reroute.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.reroute.core.Given;
import net.reroute.core.Outcome;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.Service.Choose;
import net.reroute.core.Service.Policy;
import net.reroute.core.Service.Rules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What two routers in front of one service go through. */
@Timeout(120)
abstract class TwoRouterScenarios {

    static final String WWW1 = "192.168.1.32/27";

    @TempDir
    Path state;

    /** A router of the kind that goes through this, without any route. */
    abstract Device device();

    Stage stage(Given given, String... names) {
        Map<String, Device> routers = new LinkedHashMap<>();
        for (String name : names) {
            routers.put(name, device());
        }
        return new Stage(state, given, routers);
    }

    Stage two(Policy policy) {
        Rules rules = new Rules(policy, 1, Choose.ORDERED, true, Duration.ofMinutes(1));
        return stage(new Given().service("www-1", WWW1, rules, "host1", "host2", "host3", "host4"), "gw1",
                "gw2").start();
    }

    @Test
    void severalRoutersMoveTogether() throws RequestRefusedException {
        try (Stage stage = two(Policy.ANY)) {
            assertThat(stage.moves("www-1", "host3").exitCode()).isZero();
            stage.routers.values().forEach(r -> assertThat(r.hops(WWW1)).containsExactly("192.168.1.4"));
        }
    }

    @Test
    void withPolicyAnyWhatSucceededStaysAndTheOtherIsAlignedWhenItIsBack() throws RequestRefusedException {
        try (Stage stage = two(Policy.ANY)) {
            stage.routers.get("gw2").reachable = false;
            assertThat(stage.moves("www-1", "host3").exitCode()).isEqualTo(5);
            assertThat(stage.at("www-1")).containsExactly("host3");
            stage.routers.get("gw2").reachable = true;
            stage.look();
            assertThat(stage.routers.get("gw2").hops(WWW1)).containsExactly("192.168.1.4");
        }
    }

    @Test
    void withPolicyAllOneFailureTakesThePlannedMoveBackEverywhere() throws RequestRefusedException {
        try (Stage stage = two(Policy.ALL)) {
            stage.routers.get("gw2").refuses = true;
            Outcome outcome = stage.moves("www-1", "host3");
            assertThat(outcome.good()).isFalse();
            assertThat(stage.routers.get("gw1").hops(WWW1)).containsExactly("192.168.1.2");
            assertThat(stage.at("www-1")).containsExactly("host1");
        }
    }

    @Test
    void aFailoverKeepsEverySuccessWhateverThePolicy() {
        try (Stage stage = two(Policy.ALL)) {
            stage.routers.get("gw2").reachable = false;
            stage.dies("host1");
            stage.checks(3);
            assertThat(stage.routers.get("gw1").hops(WWW1)).containsExactly("192.168.1.3");
            assertThat(stage.at("www-1")).containsExactly("host2");
        }
    }

    @Test
    void aHandEditOnOneOfTwoRoutersDoesNotPullTheOther() {
        try (Stage stage = two(Policy.ANY)) {
            stage.routers.get("gw2").route(WWW1, "192.168.1.4");
            stage.look();
            stage.look();
            assertThat(stage.routers.get("gw1").hops(WWW1)).containsExactly("192.168.1.2");
            assertThat(stage.routers.get("gw2").hops(WWW1)).containsExactly("192.168.1.4");
            assertThat(stage.at("www-1")).containsExactly("host1");
        }
    }

    @Test
    void aMoveThatIsOvertakenNamesTheRouterItWaitedForAndWhatTookItsPlace() throws Exception {
        try (Stage stage = two(Policy.ANY)) {
            Device gw2 = stage.routers.get("gw2");
            gw2.approval.close();
            CompletableFuture<Outcome> asked = stage.moving("www-1", "host3");
            Stage.await("gw2 is typed at", gw2.approval::isReached);
            Stage.await("gw1 has made it", () -> stage.at("www-1").equals(List.of("host3")));
            stage.dies("host3");
            stage.checksUnsettled(3);
            Outcome outcome = asked.get(20, TimeUnit.SECONDS);
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.routers()).anySatisfy(r -> {
                assertThat(r.router()).isEqualTo("gw2");
                assertThat(r.text()).contains("overtaken by a newer decision (www-1 host3 -> ", "host3 is DOWN",
                        "it has not answered yet");
            });
            gw2.approval.open();
        }
    }
}
