package net.reroute.control;

import java.util.Optional;
import net.reroute.core.RouterRemarks.NotSaved;
import net.reroute.core.RouterRemarks.RouterBack;
import net.reroute.core.RouterRemarks.RouterLost;
import net.reroute.core.RouterSpec;
import net.reroute.core.Snapshot.Cause;
import net.reroute.redirect.Redirector;

/**
 * Records what sessions tell, and asks for the cycles that follow from it.
 *
 * @param watch follows a session that is opened; empty if its device reports nothing by itself
 */
record SessionNews(Parts parts, DecisionCycle controller, Optional<RouterWatch> watch)
        implements
            RouterSession.Listener {

    @Override
    public void changed(RouterSpec spec, RouterStatus before, RouterStatus now) {
        if (now.state() == RouterStatus.Reachability.REACHABLE) {
            if (before.state() != RouterStatus.Reachability.UNKNOWN) {
                parts.audit().record(new RouterBack(spec.name()));
            }
            controller.cycle(Cause.of(spec.name() + " is reachable"), RefreshScope.ALL);
        } else {
            parts.audit().record(
                    new RouterLost(spec.name(), now.state() == RouterStatus.Reachability.REFUSED, now.why()));
        }
    }

    @Override
    public void notSaved(RouterSpec spec, String why) {
        parts.audit().record(new NotSaved(spec.name(), why));
    }

    @Override
    public void noticed(RouterSpec spec) {
        controller.cycle(Cause.of("the configuration of " + spec.name() + " was examined"), RefreshScope.ALL);
    }

    @Override
    public void opened(RouterSpec spec, Redirector redirector) {
        watch.ifPresent(w -> w.follow(redirector.traits()));
    }
}
