package net.reroute.scenario;

import net.reroute.redirect.RedirectorContract;

/** A real LAN: addresses that live on the interfaces of two servers with a real sshd each. */
class LanRedirectorIT extends RedirectorContract {

    @Override
    protected World world() {
        return new LanWorld();
    }
}
