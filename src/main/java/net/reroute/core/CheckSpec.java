package net.reroute.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A test of a server.
 *
 * @param name as in the inventory
 * @param test what is tested
 * @param timers intervals, deadline and thresholds
 */
public record CheckSpec(String name, Test test, Timers timers) {

    /** Placeholders for the server's address and the service's address. */
    public static final String SERVER = "{server}";
    public static final String SERVICE = "{service}";

    /**
     * What is tested. Texts may contain {@code {server}} and {@code {service}}; each run replaces them by addresses.
     */
    public sealed interface Test {

        /** @param to host to ping */
        record Icmp(String to) implements Test {}

        /** @param to host:port to connect to */
        record Tcp(String to) implements Test {

            /** The host, without the port and without the brackets of IPv6. */
            public String host() {
                String host = to.substring(0, to.lastIndexOf(':'));
                return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            }

            public int port() {
                return Integer.parseInt(to.substring(to.lastIndexOf(':') + 1));
            }
        }

        /** An HTTP/1.1 GET over a new connection. */
        record Http(Request request, Expected wanted, CertificateTrust trust, Optional<LoadPath> load) implements Test {

            /** A check that does not ask for the load. */
            public Http(Request request, Expected wanted, CertificateTrust trust) {
                this(request, wanted, trust, Optional.empty());
            }
        }
    }

    /**
     * @param tls true for https
     * @param host address to connect to, without brackets
     * @param port to connect to
     * @param path path and query
     * @param hostHeader value of the Host header, see {@link HostHeader}, and name for SNI; empty: the address
     */
    public record Request(boolean tls, String host, int port, String path, Optional<String> hostHeader) {}

    /**
     * @param statuses accepted status codes; empty: any 2xx or 3xx
     * @param body text that the first 64 KB of the body must contain
     * @param bodyRegex pattern that must match somewhere in them
     */
    public record Expected(Set<Integer> statuses, Optional<String> body, Optional<String> bodyRegex) {}

    /**
     * @param ca PEM file of trusted authorities, instead of the JDK's
     * @param name the name that the certificate must carry, if it is not the Host header
     */
    public record CertificateTrust(Optional<Path> ca, Optional<String> name) {}

    /** Where a JSON answer has the load of the server: keys and, in arrays, indices from the outside in. */
    public record LoadPath(List<String> steps) {}

    /**
     * @param every interval while the state is certain
     * @param fast interval while the server is in doubt or UNKNOWN
     * @param timeout deadline of one run
     * @param fall failures in a row that turn UP into DOWN
     * @param rise successes in a row that turn DOWN into UP
     */
    public record Timers(Duration every, Duration fast, Duration timeout, int fall, int rise) {

        /** The longest time from the moment a server falls silent until it is DOWN. */
        public Duration worstDetection() {
            return every.plus(step().multipliedBy(fall - 1L)).plus(timeout);
        }

        private Duration step() {
            return fast.compareTo(timeout) > 0 ? fast : timeout;
        }

        /** Without a result for this long, the health becomes UNKNOWN. */
        public Duration staleAfter() {
            Duration rounds = every.plus(timeout).multipliedBy(3);
            return rounds.compareTo(Duration.ofSeconds(3)) > 0 ? rounds : Duration.ofSeconds(3);
        }

        /** After a time in which no server could be reached, every server that answers again is UP within this time. */
        public Duration recovery() {
            return every.plus(fast.multipliedBy(rise));
        }

        /** Every reachable server has a verdict within this time after a start. */
        public Duration firstVerdict() {
            return every.plus(timeout).multipliedBy(fall);
        }
    }

    /** The host it connects to: {server}, {service} or an address, without a port. */
    public String askedAt() {
        return switch (test) {
            case Test.Icmp icmp -> icmp.to();
            case Test.Tcp tcp -> tcp.host();
            case Test.Http http -> http.request().host();
        };
    }

    /**
     * True if it connects to the service's address. It then runs from each server, over its login: from this machine
     * the address leads to one server only.
     */
    public boolean asksService() {
        return askedAt().equals(SERVICE);
    }

    /** True if the result depends on the service. Health is then kept for each service. */
    public boolean perService() {
        return switch (test) {
            case Test.Icmp icmp -> icmp.to().contains("{service}");
            case Test.Tcp tcp -> tcp.to().contains("{service}");
            case Test.Http http -> (http.request() + "" + http.wanted()).contains("{service}");
        };
    }
}
