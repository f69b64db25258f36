package net.reroute.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A test of a server.
 *
 * @param name as the inventory calls it
 * @param test what is done
 * @param timers how often and how patiently
 */
public record CheckSpec(String name, Test test, Timers timers) {

    /** What stands for a server's address, and for the service's. */
    public static final String SERVER = "{server}";
    public static final String SERVICE = "{service}";

    /** What is done. Texts may hold {@code {server}} and {@code {service}}, addresses put in when the check runs. */
    public sealed interface Test {

        /** @param to host to ping */
        record Icmp(String to) implements Test {}

        /** @param to host:port to connect to */
        record Tcp(String to) implements Test {

            /** Without the port, and without the brackets of IPv6. */
            public String host() {
                String host = to.substring(0, to.lastIndexOf(':'));
                return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            }

            public int port() {
                return Integer.parseInt(to.substring(to.lastIndexOf(':') + 1));
            }
        }

        /** An HTTP/1.1 GET over a new connection. */
        record Http(Request request, Answer wanted, Trust trust) implements Test {}
    }

    /**
     * @param tls https
     * @param host address to connect to, without brackets
     * @param port to connect to
     * @param path path and query
     * @param hostHeader value of Host, see {@link HostHeader}, and name for SNI; empty = the address
     */
    public record Request(boolean tls, String host, int port, String path, Optional<String> hostHeader) {}

    /**
     * @param statuses accepted status codes; empty = any 2xx or 3xx
     * @param body text that must stand in the first 64 KB of the body
     * @param bodyRegex pattern that must be found there
     */
    public record Answer(Set<Integer> statuses, Optional<String> body, Optional<String> bodyRegex) {}

    /**
     * @param ca PEM file of the authorities to trust in place of the JDK's
     * @param name the name the certificate must carry, where it is not the Host header
     */
    public record Trust(Optional<Path> ca, Optional<String> name) {}

    /**
     * @param every interval while the state is settled
     * @param fast interval while it is in doubt or unknown
     * @param timeout deadline of one run
     * @param fall failures in a row that make DOWN
     * @param rise successes in a row that make UP again
     */
    public record Timers(Duration every, Duration fast, Duration timeout, int fall, int rise) {

        /** From the death of a server that falls silent to the verdict, at worst. */
        public Duration worstDetection() {
            return every.plus(step().multipliedBy(fall - 1L)).plus(timeout);
        }

        private Duration step() {
            return fast.compareTo(timeout) > 0 ? fast : timeout;
        }

        /** After this long without a result nothing is known any more. */
        public Duration staleAfter() {
            Duration rounds = every.plus(timeout).multipliedBy(3);
            return rounds.compareTo(Duration.ofSeconds(3)) > 0 ? rounds : Duration.ofSeconds(3);
        }

        /** Within this every server that answers again after everything was out of reach is UP again. */
        public Duration recovery() {
            return every.plus(fast.multipliedBy(rise));
        }

        /** After a start every reachable server has a verdict by then. */
        public Duration firstVerdict() {
            return every.plus(timeout).multipliedBy(fall);
        }
    }

    /** Where it connects to: {server}, {service} or an address, without a port. */
    public String askedAt() {
        return switch (test) {
            case Test.Icmp icmp -> icmp.to();
            case Test.Tcp tcp -> tcp.host();
            case Test.Http http -> http.request().host();
        };
    }

    /** True when it asks the service's own address, which leads to one server only when asked there, over its login. */
    public boolean asksService() {
        return askedAt().equals(SERVICE);
    }

    /** True when the outcome depends on the service, so that health is kept per service too. */
    public boolean perService() {
        return switch (test) {
            case Test.Icmp icmp -> icmp.to().contains("{service}");
            case Test.Tcp tcp -> tcp.to().contains("{service}");
            case Test.Http http -> (http.request() + "" + http.wanted()).contains("{service}");
        };
    }
}
