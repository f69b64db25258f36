package net.reroute.simulation.cli;

/**
 * A parsed line of configuration.
 *
 * @param route to write; for a line that removes, a pattern: no hop and no interface means every hop, distance 0 means
 *     any
 * @param adds true to write routes, false to remove them
 */
record ConfigLine(StaticRoute route, boolean adds) {

    /** Applies the line. Returns the number of routes changed. */
    int apply(StaticRoutes routes) {
        if (!adds) {
            return routes.remove(this::means);
        }
        routes.add(route);
        return 1;
    }

    private boolean means(StaticRoute other) {
        boolean whole = route.hop().isEmpty() && route.interfaceName().isEmpty();
        boolean named = route.hop().equals(other.hop())
                && (route.interfaceName().isEmpty() || route.interfaceName().equals(other.interfaceName()));
        return route.vrf().equals(other.vrf()) && route.prefix().equals(other.prefix()) && (whole || named)
                && (route.distance() == 0 || route.distance() == other.distance());
    }
}
