package net.reroute.convert;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Address;

/**
 * What several tools call a virtual server: clients connect to one address and port, and several servers answer.
 *
 * @param title of the source's statement, for comments
 * @param wish for its name
 * @param places where clients connect
 * @param manner how connections are spread
 * @param asked the checks of each server, as the source has them
 * @param otherwise in place of checks that cannot be converted; empty if it can do without
 */
record VirtualServer(String title, String wish, List<Listen> places, List<Real> reals, Manner manner,
        List<List<CheckWish>> asked, Optional<CheckWish> otherwise, List<Remark> remarks) {

    /** Where clients connect. */
    record Listen(Address address, int port) {}

    /** How packets reach the servers: by LVS, or through a proxy's own connections. */
    enum Forward {
        NAT, DIRECT, TUNNEL, PROXY
    }

    /**
     * How connections are spread.
     *
     * @param choose as switches name it
     * @param sticky true if a client stays at its server
     * @param tcp false for other protocols
     * @param extras keys of a switch, as YAML
     */
    record Manner(Forward forward, String choose, boolean sticky, boolean tcp, Map<String, String> extras) {}
}
