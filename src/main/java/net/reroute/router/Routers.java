package net.reroute.router;

import java.time.Duration;
import net.reroute.core.RouterSpec;

/** Sessions on routers of every kind. */
public final class Routers {

    private Routers() {}

    /** Logs in. */
    public static Router open(RouterSpec spec, Duration within) throws RouterException {
        return spec.cli().isPresent() ? CliRouter.open(spec, within) : LinuxRouter.open(spec, within);
    }
}
