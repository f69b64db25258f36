package net.reroute.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Assignment.Origin;
import net.reroute.core.FlowPlan.Fate;
import net.reroute.core.Frontend.Routed;
import net.reroute.core.Health.State;
import org.junit.jupiter.api.Test;

/** What becomes of the connections of a service at each of its servers. */
class FlowPlanTest {

    private static final Prefix PREFIX = Prefix.parse("192.168.1.32/27");

    private static Service kept(Optional<Duration> patience) {
        return new Service("www-1", new Routed(PREFIX, PREFIX.firstUsable(), new Flows(Flows.Mode.KEEP, patience)),
                Given.HOSTS, List.of("web"), List.of("gw1"), Given.rules(), Optional.empty());
    }

    private static Map<String, Fate> fates(Given given, Optional<Duration> patience, String... at) {
        return FlowPlan.fates(kept(patience), given.snapshot(), List.of(at));
    }

    @Test
    void theyLiveWhereServersWorkAndEndWhereTheyAreDown() {
        assertThat(fates(Given.one().down("host1"), Optional.empty(), "host2")).isEqualTo(Map.of("host1", Fate.ENDS,
                "host2", Fate.LIVES, "host3", Fate.LIVES, "host4", Fate.LIVES));
    }

    @Test
    void whatIsNotKnownIsLeft() {
        assertThat(fates(Given.one().is("host1", State.UNKNOWN, Duration.ZERO), Optional.empty(), "host2"))
                .containsEntry("host1", Fate.UNKNOWN);
    }

    @Test
    void theyEndOnlyIfTheirClientsWouldFindAServerThatWorks() {
        assertThat(fates(Given.one().down("host1", "host2"), Optional.empty(), "host2")).containsEntry("host1",
                Fate.UNKNOWN);
        assertThat(fates(Given.one().down("host1"), Optional.empty())).containsEntry("host1", Fate.UNKNOWN);
    }

    @Test
    void whoSeesNobodyEndsNothing() {
        assertThat(fates(Given.one().down("host1", "host2", "host3", "host4"), Optional.empty(), "host2").values())
                .doesNotContain(Fate.ENDS);
    }

    @Test
    void theServerThatCarriesTheServiceKeepsItsOwnEvenIfItIsDown() {
        assertThat(fates(Given.one().down("host1"), Optional.empty(), "host1")).containsEntry("host1", Fate.LIVES);
    }

    @Test
    void patienceBeginsWhenTheServiceHasLeft() {
        Snapshot left = Given.one().at("www-1", Origin.MOVED, "host2").snapshot(); // 10 minutes ago
        assertThat(FlowPlan.elsewhere(kept(Optional.of(Duration.ofMinutes(11))), left, List.of("host2")))
                .isEqualTo(Fate.LIVES);
        assertThat(FlowPlan.elsewhere(kept(Optional.of(Duration.ofMinutes(10))), left, List.of("host2")))
                .isEqualTo(Fate.ENDS);
        assertThat(FlowPlan.elsewhere(kept(Optional.of(Duration.ofMinutes(10))), left, List.of("host3")))
                .as("it is moving just now").isEqualTo(Fate.LIVES);
        assertThat(FlowPlan.elsewhere(kept(Optional.empty()), left, List.of("host2"))).isEqualTo(Fate.LIVES);
    }

    @Test
    void whatWasNotLookedAtStaysAsItWas() {
        FlowPlan.Kept unknown = new FlowPlan.Kept(kept(Optional.empty()), Map.of(), Map.of("host1", Fate.UNKNOWN,
                "host2", Fate.LIVES), Fate.UNKNOWN);
        FlowPlan.Kept before = new FlowPlan.Kept(kept(Optional.empty()), Map.of(), Map.of("host1", Fate.ENDS, "host2",
                Fate.ENDS), Fate.ENDS);
        assertThat(unknown.after(before).fates()).isEqualTo(Map.of("host1", Fate.ENDS, "host2", Fate.LIVES));
        assertThat(unknown.after(before).elsewhere()).isEqualTo(Fate.ENDS);
    }

    @Test
    void aPlanIsForTheServicesOfOneRouterThatAreNotToFollow() {
        Given given = Given.one().down("host1");
        assertThat(FlowPlan.of("gw1", given.snapshot(), Map.of()).isEmpty()).isTrue();
        FlowPlan plan = new FlowPlan(List.of(new FlowPlan.Kept(kept(Optional.empty()), Map.of("host1",
                Address.parse("192.168.1.2")), fates(given, Optional.empty(), "host2"), Fate.LIVES)));
        assertThat(plan.services().getFirst().fates()).containsEntry("host1", Fate.ENDS).doesNotContain(
                Map.entry("host2", Fate.ENDS), Map.entry("host3", Fate.ENDS), Map.entry("host4", Fate.ENDS));
        assertThat(plan.hops()).containsExactly(Address.parse("192.168.1.2"));
        assertThat(plan.digest()).isNotEqualTo(new FlowPlan(List.of()).digest());
    }

    @Test
    void marksAreAFieldOfBits() {
        FlowMarks marks = FlowMarks.DEFAULT;
        assertThat(marks.mark(2)).isEqualTo(0x0200_0000L);
        assertThat(marks.reversed(2)).isEqualTo(0x8200_0000L);
        assertThat(marks.slot(0x8200_0007L)).isEqualTo(2);
        assertThat(marks.isReversed(0x8200_0007L)).isTrue();
        assertThat(marks.others()).isEqualTo(0x00ff_ffffL);
        assertThat(marks.slots()).isEqualTo(126);
        assertThat(marks.leaving()).isEqualTo(0x7f00_0000L);
        assertThat(marks.isApart(0x72)).as("virtual servers have that byte").isFalse();
        assertThat(new FlowMarks(0x00ff_0000L, 1, 1000).isApart(0x72)).isTrue();
    }
}
