package net.reroute.simulation.linux;

import java.io.IOException;

/** A program of the simulated user land. */
interface LinuxCommand {

    /** @return exit status */
    int run(LinuxCall call) throws IOException;
}
