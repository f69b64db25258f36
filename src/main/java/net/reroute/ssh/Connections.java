package net.reroute.ssh;

import java.time.Duration;
import net.reroute.core.Login;

/** Opens connections with sshj, or with jsch where the login needs it. */
public final class Connections {

    private Connections() {}

    /**
     * Connects, verifies the host key and logs in. Blocks for {@code within} at most.
     *
     * @throws SshException refused (wrong host key, login) or unreachable; the message says what to do
     */
    public static Connection open(Login login, Duration within) throws SshException {
        return login.agent() || login.sshConfig().isPresent() || login.legacy()
                ? JschConnection.open(login, within)
                : SshjConnection.open(login, within);
    }
}
