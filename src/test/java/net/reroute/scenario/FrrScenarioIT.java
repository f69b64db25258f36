package net.reroute.scenario;

/** The stories with a real FRR. */
class FrrScenarioIT extends Scenarios {

    @Override
    Device device() {
        return new FrrDevice();
    }
}
