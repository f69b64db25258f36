package net.reroute.check;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import net.reroute.core.Address;
import net.reroute.core.CheckResult;
import net.reroute.core.CheckSpec;
import net.reroute.ssh.Deadline;

/** Opens a TCP connection and resets it. */
final class TcpCheck implements Check {

    private final String host;
    private final Function<Address, InetSocketAddress> way;
    private final CheckSockets sockets;
    private final Duration timeout;
    private final InstantSource clock;

    /**
     * @param host template of the host to connect to
     * @param way maps the host's address to the socket address to connect to
     */
    TcpCheck(String host, Function<Address, InetSocketAddress> way, CheckSpec.Timers timers, CheckSockets sockets,
            InstantSource clock) {
        this.host = host;
        this.way = way;
        this.sockets = sockets;
        this.timeout = timers.timeout();
        this.clock = clock;
    }

    @Override
    public CheckResult run(Address server, Address service) {
        InetSocketAddress to = way.apply(Templates.address(host, server, service));
        Stopwatch watch = new Stopwatch(clock);
        Socket socket = sockets.socket(host, server, service);
        try (Deadline deadline = Deadline.closes(socket, timeout)) {
            try (socket) {
                // A reset leaves no TIME_WAIT. Otherwise a thousand checks a second would use up all ports.
                socket.setSoLinger(true, 0);
                socket.connect(to, deadline.leftMillis());
                return watch.good("connected to port " + to.getPort());
            } catch (IOException e) {
                return watch.bad(e, deadline, timeout);
            }
        }
    }
}
