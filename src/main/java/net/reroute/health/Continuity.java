package net.reroute.health;

import java.util.LinkedHashMap;
import java.util.Map;
import net.reroute.core.Facts.Settled;
import net.reroute.core.Health;
import net.reroute.core.Health.State;
import net.reroute.core.Target;

/** What was so before a restart, and is so now, has been so all the time. */
record Continuity(Map<Target, Settled> remembered) {

    static Map<Target, Settled> settled(Map<Target, Health> healths) {
        Map<Target, Settled> settled = new LinkedHashMap<>();
        healths.forEach((target, health) -> {
            if (health.state() != State.UNKNOWN) {
                settled.put(target, new Settled(health.state(), health.since()));
            }
        });
        return settled;
    }

    /** The health now, since when it is so as far back as is remembered. */
    Health continued(Target target, Health before, Health now) {
        Settled last = remembered.get(target);
        boolean turned = before.state() == State.UNKNOWN && now.state() != State.UNKNOWN
                && (before.last() == null || before.against() > 0);
        return turned && last != null && last.state() == now.state() && last.since().isBefore(now.since())
                ? new Health(now.state(), last.since(), 0, last.since(), now.last())
                : now;
    }
}
