package net.reroute.core;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What clients use to reach a service. */
public sealed interface Frontend {

    /** For people, as in tables. */
    String text();

    /**
     * A prefix that routers lead to a server.
     *
     * @param prefix the route
     * @param address looked up on the router, and probed after a move
     * @param flows what becomes of connections when it moves
     */
    record Routed(Prefix prefix, Address address, Flows flows) implements Frontend {
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
     * @param direct true: packets are routed to the server as they are, which has the address itself; false: the router
     *     writes the server's address into them
     * @param patience how long connections of a server that has left may go on; empty: until they end
     */
    record Balanced(Address address, int port, Map<String, Integer> weights, boolean sticky, boolean direct,
            Optional<Duration> patience) implements Frontend {

        /** Ours are the marks that begin with this byte. The rest is of the next hop: nothing has to be remembered. */
        private static final BigInteger FIRST_BYTE = BigInteger.valueOf(0x72_000_000L);
        private static final BigInteger REST = BigInteger.valueOf(0xffffffL);

        /** The mark of connections that are routed to a next hop, and the number of the routing table that leads there. */
        public static long mark(Address hop) {
            return hop.bits().and(REST).or(FIRST_BYTE).longValue();
        }

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
