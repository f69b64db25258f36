package net.reroute.check;

import java.net.Socket;
import java.util.Map;
import net.reroute.core.Address;
import net.reroute.core.CheckSpec;
import net.reroute.core.Login;
import net.reroute.ssh.PeerSocket;

/**
 * Makes the sockets of checks. A check of a server's own address connects from here. Every server of a service has the
 * service's address, and from here the router would choose one of them: such a check connects from the server, over its
 * login. A probe through the router gives the service's address for both, and connects from here.
 */
final class CheckSockets implements AutoCloseable {

    private final ServerLogins kept = new ServerLogins();
    private volatile Map<Address, Login> logins = Map.of();

    /** @param by server's address; other logins end */
    void use(Map<Address, Login> by) {
        logins = Map.copyOf(by);
        kept.keepOnly(by.values());
    }

    /** @param host template */
    Socket socket(String host, Address server, Address service) {
        Login login = logins.get(server);
        return host.equals(CheckSpec.SERVICE) && !server.equals(service) && login != null
                ? new ForwardedSocket(kept, login)
                : new PeerSocket();
    }

    @Override
    public void close() {
        kept.close();
    }
}
