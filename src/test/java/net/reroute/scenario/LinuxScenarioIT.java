package net.reroute.scenario;

/** The stories with a real Linux router: sshd and kernel routes. */
class LinuxScenarioIT extends Scenarios {

    @Override
    Device device() {
        return new LinuxDevice();
    }
}
