package net.reroute.redirect.route.linux;

import java.util.List;
import java.util.Optional;

/**
 * The {@code ip} of a router, examined once a session. iproute2 prints JSON since 4.16, and shows the matched route of
 * a lookup since 4.13 (with a kernel as new). busybox lacks much of this.
 *
 * @param small true for busybox: no batch, no owner, no metrics, only the first next hop
 * @param json true if it also prints routes as JSON
 * @param matches true if a lookup shows the matched route, so the table need not be read
 * @param groups true if it makes resilient groups of next hops
 * @param daemon name of a routing daemon on the router; looked for only if owners are not shown
 */
record IpProgram(boolean small, boolean json, boolean matches, boolean groups, Optional<String> daemon) {

    static final String REMEDY = "install iproute2 4.14 or newer (OpenWrt: opkg install ip-full); see docs/linux.md";

    /** @param parts of the output of {@link IpScript#examine} */
    static IpProgram of(List<String> parts) {
        return new IpProgram(parts.get(1).contains("BusyBox"), parts.get(3).strip().startsWith("[{"),
                parts.get(2).contains("127.0.0.0/8"),
                parts.get(3).strip().startsWith("[{") && parts.get(4).contains("resilient"),
                Optional.empty());
    }

    IpProgram beside(Optional<String> running) {
        return new IpProgram(small, json, matches, groups, running);
    }

    /** Its kernel makes no resilient groups. */
    IpProgram withoutGroups() {
        return new IpProgram(small, json, matches, false, daemon);
    }

    /** True if it shows the program that made a route. */
    boolean shows() {
        return !small;
    }

    /** The options that print all of a route on one line. */
    String options() {
        return small ? "-o" : "-o -d";
    }

    Optional<String> ownerUnknown() {
        return daemon.map(d -> "may be owned by " + d + ", which runs there, and busybox's ip does not tell: "
                + REMEDY);
    }

    /** Why it cannot make a route with this number of next hops; empty if it can. */
    Optional<String> refusesHops(int hops) {
        return small && hops > 1
                ? Optional.of("busybox's ip takes one next hop and not " + hops + ": " + REMEDY)
                : Optional.empty();
    }
}
