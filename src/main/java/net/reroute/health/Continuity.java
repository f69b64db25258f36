package net.reroute.health;

import java.util.LinkedHashMap;
import java.util.Map;
import net.reroute.core.Facts.Settled;
import net.reroute.core.Health;
import net.reroute.core.Health.State;
import net.reroute.core.Target;

/** A state that is the same before and after a restart is taken as unbroken. */
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

    /** The new health; if it equals the remembered state, it began when that began. */
    Health continued(Target target, Health before, Health now) {
        Settled last = remembered.get(target);
        boolean turned = before.state() == State.UNKNOWN && now.state() != State.UNKNOWN
                && (before.last() == null || before.against() > 0);
        return turned && last != null && last.state() == now.state() && last.since().isBefore(now.since())
                ? new Health(now.state(), last.since(), 0, last.since(), now.last())
                : now;
    }
}
