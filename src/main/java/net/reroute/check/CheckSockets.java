package net.reroute.check;

import java.net.Socket;
import java.util.Map;
import net.reroute.core.Address;
import net.reroute.core.CheckSpec;
import net.reroute.core.Login;
import net.reroute.ssh.PeerSocket;

/**
 * From where a check connects. To a server's own address: from here. A service's address is at every one of its servers,
 * and from here the router chooses one; so it is asked at the server that is meant, over its login. A check that runs for
 * no server in particular (a probe through the router) gives the service's address for both, and connects from here.
 */
final class CheckSockets implements AutoCloseable {

    private final ServerLogins kept = new ServerLogins();
    private volatile Map<Address, Login> logins = Map.of();

    /** @param by server's address; those that are no more are logged out of */
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
