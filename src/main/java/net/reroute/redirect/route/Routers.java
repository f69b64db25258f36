package net.reroute.redirect.route;

import java.time.Duration;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.route.cli.CliRouter;
import net.reroute.redirect.route.linux.LinuxRouter;
import net.reroute.redirect.route.router.Router;
import net.reroute.redirect.route.router.RouterException;
import net.reroute.ssh.Fence;

/** Opens sessions on routers with a command line and on Linux routers. */
public final class Routers {

    private Routers() {}

    /** As the other, for a controller that has no others beside it. */
    public static Router open(RouterSpec spec, Duration within) throws RouterException {
        return open(spec, within, Fence.NONE);
    }

    /**
     * Logs in. {@code within} limits each step of the login.
     *
     * @param fence that every change has to pass
     * @throws RouterException if the router refuses, or does not answer in time
     */
    public static Router open(RouterSpec spec, Duration within, Fence fence) throws RouterException {
        return spec.cli().isPresent() ? CliRouter.open(spec, within, fence) : LinuxRouter.open(spec, within, fence);
    }
}
