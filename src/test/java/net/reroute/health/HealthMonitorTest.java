package net.reroute.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.reroute.core.CheckResult;
import net.reroute.core.Facts.Settled;
import net.reroute.core.Given;
import net.reroute.core.Health.State;
import net.reroute.core.Inventory;
import net.reroute.core.Snapshot.Pair;
import net.reroute.core.Target;
import org.junit.jupiter.api.Test;

class HealthMonitorTest {

    private static final Target HOST1 = new Target("host1", "web", "");

    private final Inventory inventory = Given.one().inventory();
    private final Instant longAgo = Given.NOW.minusSeconds(1000);
    private Instant now = Given.NOW;
    private boolean up = true;
    private Runnable meanwhile = () -> {
    };
    private final HealthMonitor monitor = new HealthMonitor(inventory, name -> (server, service) -> {
        Instant began = now;
        meanwhile.run();
        return new CheckResult(up, up ? "answered" : "no answer", began, Duration.ZERO);
    }, () -> now, Map.of(HOST1, new Settled(State.UP, longAgo)));

    @Test
    void aCheckThatWasUnderWayOverAGapProvesNothing() {
        meanwhile = () -> {
            now = now.plusSeconds(5);
            monitor.forget();
        };
        assertThat(monitor.check(HOST1)).as("still in doubt").isTrue();
        assertThat(monitor.health(HOST1).state()).isEqualTo(State.UNKNOWN);
        meanwhile = () -> {
        };
        monitor.check(HOST1);
        assertThat(monitor.health(HOST1).state()).isEqualTo(State.UP);
    }

    @Test
    void whatIsSoAfterAGapAsBeforeHasBeenSoAllTheTime() {
        monitor.check(HOST1);
        assertThat(monitor.health(HOST1).since()).isEqualTo(longAgo);
        now = now.plusSeconds(5);
        monitor.forget();
        now = now.plusSeconds(1);
        monitor.check(HOST1);
        assertThat(monitor.health(HOST1).since()).isEqualTo(longAgo);
    }

    @Test
    void aGapIsNoticedBeforeAResultIsTaken() {
        List<String> order = new ArrayList<>();
        monitor.watch(() -> order.add("awake " + monitor.health(HOST1).state()));
        monitor.check(HOST1);
        assertThat(order).containsExactly("awake UNKNOWN");
        assertThat(monitor.health(HOST1).state()).isEqualTo(State.UP);
    }

    @Test
    void aCheckThatTheInventoryHasNoMoreLeavesNothingBehind() {
        meanwhile = () -> monitor.adopt(new Inventory(inventory.routers(), inventory.servers(), inventory.checks(),
                Map.of(), inventory.settings(), inventory.response()));
        monitor.check(HOST1);
        assertThat(monitor.check(HOST1)).as("goes on").isFalse();
        assertThat(monitor.isAsked(HOST1)).isFalse();
        assertThat(monitor.settled()).isEmpty();
    }

    @Test
    void aPictureStaysAsItWas() {
        monitor.check(HOST1);
        HealthSnapshot before = monitor.snapshot();
        up = false;
        for (int i = 0; i < 3; i++) {
            now = now.plusSeconds(1);
            monitor.check(HOST1);
        }
        assertThat(before.verdicts().get(new Pair("www-1", "host1")).state()).isEqualTo(State.UP);
        assertThat(monitor.snapshot().verdicts().get(new Pair("www-1", "host1")).state()).isEqualTo(State.DOWN);
    }
}
