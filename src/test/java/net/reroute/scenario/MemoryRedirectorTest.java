package net.reroute.scenario;

import net.reroute.redirect.RedirectorContract;

/** A router in memory. */
class MemoryRedirectorTest extends RedirectorContract {

    @Override
    protected World world() {
        return new RouteWorld(new FakeDevice());
    }
}
