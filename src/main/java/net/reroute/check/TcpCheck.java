package net.reroute.check;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import net.reroute.core.Address;
import net.reroute.core.CheckResult;
import net.reroute.ssh.Deadline;

/** Opens a TCP connection and drops it. */
final class TcpCheck implements Check {

    private final String to;
    private final Duration timeout;
    private final InstantSource clock;

    TcpCheck(String to, Duration timeout, InstantSource clock) {
        this.to = to;
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public CheckResult run(Address server, Address service) {
        int colon = to.lastIndexOf(':');
        Address host = Templates.address(to.substring(0, colon), server, service);
        int port = Integer.parseInt(to.substring(colon + 1));
        Stopwatch watch = new Stopwatch(clock);
        Socket socket = new Socket();
        try (Deadline deadline = Deadline.closes(socket, timeout)) {
            try (socket) {
                // A reset leaves no TIME_WAIT behind, of which a thousand checks a second would use up all ports.
                socket.setSoLinger(true, 0);
                socket.connect(new InetSocketAddress(host.inet(), port), deadline.leftMillis());
                return watch.good("connected to port " + port);
            } catch (IOException e) {
                return watch.bad(e, deadline, timeout);
            }
        }
    }
}
