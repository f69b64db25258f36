package net.reroute.scenario;

import net.reroute.redirect.RedirectorContract;

/** A real Linux router: sshd and kernel routes. */
class LinuxRedirectorIT extends RedirectorContract {

    @Override
    protected World world() {
        return new RouteWorld(new LinuxDevice());
    }
}
