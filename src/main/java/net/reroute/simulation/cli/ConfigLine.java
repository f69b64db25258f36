package net.reroute.simulation.cli;

/**
 * One line of configuration, understood.
 *
 * @param route the one to write; or what is named of those to take away: no hop means every hop, distance 0 any
 * @param adds whether it is written, or taken away
 */
record ConfigLine(StaticRoute route, boolean adds) {

    /** Returns how many routes were changed. */
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
