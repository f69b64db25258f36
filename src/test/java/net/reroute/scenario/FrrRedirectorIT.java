package net.reroute.scenario;

import net.reroute.redirect.RedirectorContract;

/** A real FRR: vtysh behind sshd, and kernel routes below it. */
class FrrRedirectorIT extends RedirectorContract {

    @Override
    protected World world() {
        return new RouteWorld(new FrrDevice());
    }
}
