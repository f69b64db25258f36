package net.reroute.check;

import java.net.Socket;
import java.util.Map;
import net.reroute.core.Address;
import net.reroute.core.CheckSpec;
import net.reroute.core.Login;
import net.reroute.ssh.PeerSocket;

/**
 * Makes the sockets of checks. All servers of a service hold the service's address, so from this machine the router
 * would pick one of them. A check of the service's address therefore connects from the server itself, over its SSH
 * login. Every other check connects from this machine, and so does a check of a server without a login. A probe through
 * the router passes the service's address as the server's too, and connects from here.
 */
final class CheckSockets implements AutoCloseable {

    private final ServerLogins kept = new ServerLogins();
    private volatile Map<Address, Login> logins = Map.of();

    /**
     * Replaces the logins. Connections of other logins are closed.
     *
     * @param by login of each server, by the server's address
     */
    void use(Map<Address, Login> by) {
        logins = Map.copyOf(by);
        kept.keepOnly(by.values());
    }

    /**
     * A socket that is not connected yet.
     *
     * @param host template of the host to connect to
     */
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
