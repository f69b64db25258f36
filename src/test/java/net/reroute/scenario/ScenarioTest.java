package net.reroute.scenario;

/** The stories with a router in memory. */
class ScenarioTest extends Scenarios {

    @Override
    Device device() {
        return new FakeDevice();
    }
}
