package net.reroute.scenario;

import java.nio.file.Path;
import net.reroute.redirect.RedirectorContract;
import org.junit.jupiter.api.io.TempDir;

/** A simulated Cisco, through SSH. */
class IosRedirectorTest extends RedirectorContract {

    @TempDir
    Path folder;

    @Override
    protected World world() {
        return new RouteWorld(new IosDevice(folder));
    }
}
