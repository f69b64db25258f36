package net.reroute.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import net.reroute.core.Outcome;
import net.reroute.core.Outcome.Kind;
import net.reroute.core.RequestRefusedException;
import net.reroute.core.Service.Policy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two routers of different kinds in front of one service: a Cisco and a Linux machine. */
class MixedScenarioTest extends TwoRouterScenarios {

    private static final String DENIED = "Command authorization failed.";

    @TempDir
    Path homes;

    private int count;
    private IosDevice cisco;

    @Override
    Device device() {
        Path home = homes.resolve("home" + count);
        if (count++ % 2 == 1) {
            return new SimulatedLinuxDevice(home);
        }
        cisco = new IosDevice(home);
        return cisco;
    }

    @Test
    void theOutcomeSaysWhichOfTheTwoRefusedAndThePolicyDecidesWhatStays() throws RequestRefusedException {
        try (Stage stage = two(Policy.ALL)) {
            cisco.ios.faults().answer("^ip route .* 192.168.1.4", DENIED);
            Outcome outcome = stage.moves("www-1", "host3");
            assertThat(outcome.routers()).anySatisfy(r -> {
                assertThat(r.router()).isEqualTo("gw1");
                assertThat(r.kind()).isEqualTo(Kind.REFUSED);
                assertThat(r.text()).contains(DENIED);
            }).anySatisfy(r -> {
                assertThat(r.router()).isEqualTo("gw2");
                assertThat(r.kind()).isEqualTo(Kind.PUT_BACK);
            });
            stage.routers.values().forEach(r -> assertThat(r.hops(WWW1)).containsExactly("192.168.1.2"));
        }
    }

    @Test
    void withPolicyAnyTheOneThatTookItKeepsIt() throws RequestRefusedException {
        try (Stage stage = two(Policy.ANY)) {
            cisco.ios.faults().answer("^ip route .* 192.168.1.4", DENIED);
            assertThat(stage.moves("www-1", "host3").exitCode()).isEqualTo(5);
            assertThat(stage.routers.get("gw1").hops(WWW1)).containsExactly("192.168.1.2");
            assertThat(stage.routers.get("gw2").hops(WWW1)).containsExactly("192.168.1.4");
            cisco.ios.faults().none();
            stage.look();
            assertThat(stage.routers.get("gw1").hops(WWW1)).containsExactly("192.168.1.4");
        }
    }
}
