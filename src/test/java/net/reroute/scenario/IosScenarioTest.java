package net.reroute.scenario;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The stories with a simulated Cisco, through SSH. */
class IosScenarioTest extends Scenarios {

    @TempDir
    Path homes;

    private int count;

    @Override
    Device device() {
        return new IosDevice(homes.resolve("home" + count++));
    }
}
