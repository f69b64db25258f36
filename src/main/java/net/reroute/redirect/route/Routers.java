package net.reroute.redirect.route;

import java.time.Duration;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.route.cli.CliRouter;
import net.reroute.redirect.route.linux.LinuxRouter;
import net.reroute.redirect.route.router.Router;
import net.reroute.redirect.route.router.RouterException;

/** Opens sessions on routers with a command line and on Linux routers. */
public final class Routers {

    private Routers() {}

    /**
     * Logs in. {@code within} limits each step of the login.
     *
     * @throws RouterException if the router refuses, or does not answer in time
     */
    public static Router open(RouterSpec spec, Duration within) throws RouterException {
        return spec.cli().isPresent() ? CliRouter.open(spec, within) : LinuxRouter.open(spec, within);
    }
}
