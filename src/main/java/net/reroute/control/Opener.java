package net.reroute.control;

import java.time.Duration;
import net.reroute.core.RouterSpec;
import net.reroute.router.Router;
import net.reroute.router.RouterException;

/** Opens sessions on routers; tests put a fake here. */
public interface Opener {

    Router open(RouterSpec spec, Duration within) throws RouterException;
}
