package net.reroute.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import net.reroute.core.Login;

/** An SSH connection, logged in. */
public interface Connection extends AutoCloseable {

    /** The terminal type: too simple for colours and cursor movements. */
    String TERMINAL = "dumb";
    /** The widest a Cisco takes. */
    int COLUMNS = 511;
    int ROWS = 24;

    /**
     * A command that runs on the other machine, with its three streams. Reads have no timeout of their own.
     *
     * @param end ends the command's channel; may be called more than once
     */
    record Remote(OutputStream in, InputStream out, InputStream err, Runnable end) {}

    /** Starts a command through the user's login shell, without a terminal. */
    Remote start(String command) throws SshException;

    /**
     * Starts the login shell with a terminal, as a person would: what a device with a command line expects. The terminal
     * is so wide that no line wraps.
     */
    Remote terminal() throws SshException;

    /**
     * A TCP connection from the other machine (RFC 4254 section 7.2). Its reads have no timeout of their own.
     *
     * @throws java.net.ConnectException if nothing listens there
     * @throws SshException refused, if that machine forwards nothing for this login; unreachable, if the connection
     *     broke
     */
    Remote forward(String host, int port) throws IOException;

    boolean isOpen();

    /** The error where the other machine does not forward. */
    static SshException notForwarded(String host, int port, Throwable cause) {
        return SshException.refused("its sshd connects nowhere for this login; set 'AllowTcpForwarding local' in its"
                + " sshd_config, or allow it to the key by permitopen=\"" + host + ":" + port + "\"", cause);
    }

    /** Never throws; may be called from another thread to end every wait. */
    @Override
    void close();

    /**
     * The setting in a login's OpenSSH configuration that cannot be honoured; empty if there is none. Does not connect.
     */
    static Optional<String> objection(Login login) {
        try {
            Target.of(login);
            return Optional.empty();
        } catch (SshException e) {
            return Optional.of(e.getMessage());
        }
    }
}
