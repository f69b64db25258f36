package net.reroute.redirect.route;

import java.time.Duration;
import net.reroute.core.RouterSpec;
import net.reroute.redirect.route.cli.CliRouter;
import net.reroute.redirect.route.linux.LinuxRouter;
import net.reroute.redirect.route.router.Router;
import net.reroute.redirect.route.router.RouterException;

/** Opens sessions on routers of both kinds. */
public final class Routers {

    private Routers() {}

    /** Logs in. */
    public static Router open(RouterSpec spec, Duration within) throws RouterException {
        return spec.cli().isPresent() ? CliRouter.open(spec, within) : LinuxRouter.open(spec, within);
    }
}
