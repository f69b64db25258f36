package net.reroute.redirect.route.linux;

import java.util.List;
import java.util.Optional;

/**
 * The {@code ip} a router has, asked once a session: iproute2 prints JSON since 4.16, finds the route of an address since
 * 4.13 (with a kernel as new), and busybox's does less of all.
 *
 * @param small busybox's: no batch, no owner, no metrics, no next hop but the first
 * @param json it prints routes as JSON too
 * @param matches it tells the one route that an address takes, without reading the table
 * @param daemon name of a routing daemon that runs there; only asked for where owners are not shown
 */
record IpProgram(boolean small, boolean json, boolean matches, Optional<String> daemon) {

    static final String REMEDY = "install iproute2 4.14 or newer (OpenWrt: opkg install ip-full); see docs/linux.md";

    /** @param parts what {@link IpScript#examine} brought */
    static IpProgram of(List<String> parts) {
        return new IpProgram(parts.get(1).contains("BusyBox"), parts.get(3).strip().startsWith("[{"),
                parts.get(2).contains("127.0.0.0/8"), Optional.empty());
    }

    IpProgram beside(Optional<String> running) {
        return new IpProgram(small, json, matches, running);
    }

    /** Whether it shows who wrote a route. */
    boolean shows() {
        return !small;
    }

    /** The options that make it print all it can of a route, on one line. */
    String options() {
        return small ? "-o" : "-o -d";
    }

    Optional<String> ownerUnknown() {
        return daemon.map(d -> "may be owned by " + d + ", which runs there, and busybox's ip does not tell: "
                + REMEDY);
    }

    /** Why it cannot make a route with so many next hops. */
    Optional<String> refusesHops(int hops) {
        return small && hops > 1
                ? Optional.of("busybox's ip takes one next hop and not " + hops + ": " + REMEDY)
                : Optional.empty();
    }
}
