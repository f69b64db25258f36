package net.reroute.scenario;

import net.reroute.redirect.route.router.RouterException;

/** Failures of fake routers. */
final class RouterExceptions {

    private RouterExceptions() {}

    static RouterException unreachable(String why) {
        return new RouterException(false, why, null);
    }
}
