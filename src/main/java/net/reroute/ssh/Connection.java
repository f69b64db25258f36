package net.reroute.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import net.reroute.core.Login;

/** An SSH connection that is logged in. */
public interface Connection extends AutoCloseable {

    /** The terminal type: one without colours and cursor movement. */
    String TERMINAL = "dumb";
    /** The largest width that Cisco devices accept. */
    int COLUMNS = 511;
    int ROWS = 24;

    /**
     * A command that runs on the other machine, with its three streams. Reads block without a timeout.
     *
     * @param end ends the command's channel; may be called more than once
     */
    record Remote(OutputStream in, InputStream out, InputStream err, Runnable end) {}

    /**
     * Starts a command through the user's login shell, without a terminal.
     *
     * @throws SshException unreachable, if the connection broke
     */
    Remote start(String command) throws SshException;

    /**
     * Starts the login shell with a terminal, as network devices expect. The terminal is wide enough that no line
     * wraps.
     *
     * @throws SshException unreachable, if the connection broke
     */
    Remote terminal() throws SshException;

    /**
     * Opens a TCP connection from the other machine (RFC 4254 section 7.2). Reads block without a timeout.
     *
     * @throws java.net.ConnectException if nothing listens there
     * @throws SshException refused, if the machine does not allow forwarding for this login; unreachable, if the
     *     connection broke
     */
    Remote forward(String host, int port) throws IOException;

    boolean isOpen();

    /** The error if the other machine does not allow forwarding. */
    static SshException notForwarded(String host, int port, Throwable cause) {
        return SshException.refused("its sshd connects nowhere for this login; set 'AllowTcpForwarding local' in its"
                + " sshd_config, or allow it to the key by permitopen=\"" + host + ":" + port + "\"", cause);
    }

    /** Never throws. Another thread may call it to end every wait. */
    @Override
    void close();

    /**
     * Names a setting in the login's OpenSSH configuration that cannot be honoured; empty if there is none. Does not
     * connect.
     */
    static Optional<String> objection(Login login) {
        try {
            SshTarget.of(login);
            return Optional.empty();
        } catch (SshException e) {
            return Optional.of(e.getMessage());
        }
    }
}
