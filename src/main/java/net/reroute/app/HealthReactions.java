package net.reroute.app;

import java.time.Instant;
import java.util.List;
import net.reroute.control.RefreshScope;
import net.reroute.core.CheckResult;
import net.reroute.core.Facts.HealthChanged;
import net.reroute.core.Facts.Settled;
import net.reroute.core.Health;
import net.reroute.core.Snapshot.Cause;
import net.reroute.core.Target;
import net.reroute.health.Flaps;
import net.reroute.health.HealthListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The consequences of a change of health: a record, events, and a cycle. */
record HealthReactions(ControllerRuntime runtime, ClusterMember member, AgreedHealth agreed)
        implements
            HealthListener {

    private static final Logger LOG = LoggerFactory.getLogger("reroute");

    @Override
    public void changed(Target target, Health before, Health now) {
        if (now.state() != before.state()) {
            if (now.state() != Health.State.UNKNOWN) {
                runtime.controller.audit().record(
                        new HealthChanged(target, new Settled(now.state(), now.since()), said(now)));
            }
            member.cluster()
                    .ifPresent(c -> c.sights().changed(target, new Settled(now.state(), now.since()), said(now)));
            boolean asExpected = before.state() == Health.State.UNKNOWN && now.state() == Health.State.UP;
            if (!asExpected) {
                LOG.atLevel(now.state() == Health.State.DOWN ? Level.WARN : Level.INFO).log("health {}: {} -> {} ({})",
                        target, before.state(), now.state(), said(now));
            }
        }
        if (member.cluster().isPresent()) {
            agreed.look(List.of(target));
        } else {
            runtime.health.changed(target, before, now);
        }
        runtime.controller.cycle(Cause.of(target + " " + now.state()), RefreshScope.NONE);
    }

    private static String said(Health health) {
        return health.last() == null ? "" : health.last().said();
    }

    @Override
    public void checked(Target target, CheckResult result) {
        runtime.checked().accept(target, result);
    }

    @Override
    public void sighted(Target target) {
        runtime.controller.pool().sighted(target.server());
    }

    @Override
    public void suspected(Target target, Health now) {
        runtime.health.suspected(target, now);
    }

    @Override
    public void unsteady(Target target, Health now, Flaps.Count count) {
        runtime.health.unsteady(target, now, count);
    }

    @Override
    public void flapping(Target target, Health now) {
        runtime.health.flapping(target, now);
    }

    @Override
    public void certified(Target target, Instant until) {
        runtime.health.certified(target, until);
    }
}
