package net.reroute.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What clients use to reach a service. */
public sealed interface Frontend {

    /** For people, as in tables. */
    String text();

    /**
     * A prefix that routers lead to a server.
     *
     * @param prefix the route
     * @param address looked up on the router, and probed after a move
     */
    record Routed(Prefix prefix, Address address) implements Frontend {
        @Override
        public String text() {
            return prefix.toString();
        }
    }

    /**
     * A name whose address records list those of its services that can be reached.
     *
     * @param zone the zone that holds the name
     * @param records the addresses to list, by service
     * @param lives how long caches may keep the records
     * @param patience how long a service may be routed to a server that is DOWN, although another one is UP, before its
     *     records are removed
     */
    record DnsName(Zone zone, Map<String, List<Address>> records, Lifetime lives, Duration patience)
            implements
                Frontend {
        @Override
        public String text() {
            return "zone " + zone.name();
        }
    }

    /**
     * A prefix that several sites may announce by BGP.
     *
     * @param address that clients use, as an example of the prefix
     * @param sites the servers of each site, by the name of its speaker
     * @param bgp the speakers
     */
    record Announced(Prefix prefix, Address address, Map<String, List<String>> sites, BgpSites bgp)
            implements
                Frontend {
        @Override
        public String text() {
            return prefix.toString();
        }
    }

    /**
     * An address and port whose connections a router spreads over the servers.
     *
     * @param weights of servers; a missing one has 1
     * @param sticky true: a client's connections go to the same server
     */
    record Balanced(Address address, int port, Map<String, Integer> weights, boolean sticky) implements Frontend {

        public int weight(String server) {
            return weights.getOrDefault(server, 1);
        }

        @Override
        public String text() {
            return new Endpoint(address, port).toString();
        }
    }

    /**
     * A TCP switch of the daemon, whose servers are backends.
     *
     * @param servers the server behind a backend, by backend; a missing one is no server of the inventory, and has no
     *     checks
     */
    record Switched(SwitchSpec spec, Map<String, String> servers) implements Frontend {
        @Override
        public String text() {
            return spec.listen().toString();
        }
    }

    /**
     * Times to live of address records.
     *
     * @param whole while all services are listed that should be
     * @param degraded while one is missing, so that caches soon ask again
     */
    record Lifetime(Duration whole, Duration degraded) {}
}
