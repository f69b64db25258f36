package net.reroute.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A TCP switch: takes connections and passes each to a backend.
 *
 * @param listen where it takes connections
 * @param backends in order of preference
 * @param choose how a backend is chosen
 * @param weights of backends; a missing one has 1
 * @param retry how long a backend that could not be connected to is passed over
 * @param last what clients are told if no backend is left; empty: their connections are closed
 * @param waits deadlines
 * @param limits of connections
 * @param proxy the PROXY protocol
 * @param names backends by the server name of a TLS handshake (SNI); a name without an entry goes to all backends
 */
public record SwitchSpec(Endpoint listen, List<Endpoint> backends, Choose choose, Map<Endpoint, Integer> weights,
        Duration retry, Optional<LastWords> last, Waits waits, Limits limits, Proxy proxy,
        Map<String, List<Endpoint>> names) implements Appliance {

    /**
     * IN_TURN: the first that can be connected to. ROUND_ROBIN: one after another. LEAST: the one with the fewest
     * connections for its weight. WEIGHTED: one after another, as often as its weight says. SOURCE: always the same for
     * the same client, as long as it is there.
     */
    public enum Choose {
        IN_TURN, ROUND_ROBIN, LEAST, WEIGHTED, SOURCE
    }

    /** The protocol in which clients are told that no backend is left. LINES: the text, whatever clients say. */
    public enum Protocol {
        POP3, IMAP, SMTP, HTTP, LINES
    }

    /**
     * @param text for people
     * @param after for HTTP, how soon a client may try again
     */
    public record LastWords(Protocol protocol, String text, Duration after) {}

    /**
     * @param connect for one backend to take a connection
     * @param idle without a byte in either direction, until a connection is closed
     * @param greeting for a backend to say something by itself; one that does not has failed. Empty: it need not
     * @param hello for a client to send what the switch must read itself
     */
    public record Waits(Duration connect, Duration idle, Optional<Duration> greeting, Duration hello) {}

    /**
     * @param most connections at once; more wait to be taken
     * @param perSource connections of one client address at once; more are refused. 0: no limit
     */
    public record Limits(int most, int perSource) {}

    /**
     * The PROXY protocol of HAProxy, by which the client's address travels in front of a connection.
     *
     * @param from networks whose connections begin with a header, version 1 or 2
     * @param to version of the header that backends get, 1 or 2; 0: none
     */
    public record Proxy(List<Prefix> from, int to) {}

    /** The number of connections for each round, or the share of a backend in {@link Choose#LEAST}. */
    public int weight(Endpoint backend) {
        return weights.getOrDefault(backend, 1);
    }
}
