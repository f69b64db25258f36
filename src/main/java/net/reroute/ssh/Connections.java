package net.reroute.ssh;

import java.time.Duration;
import net.reroute.core.Login;

/** Connections by whichever library can make them. */
public final class Connections {

    private Connections() {}

    /**
     * Connects, verifies the host key, logs in.
     *
     * @param within deadline for all of it
     * @throws SshException refused (wrong host key, login) or unreachable, in a sentence that says what to do
     */
    public static Connection open(Login login, Duration within) throws SshException {
        return login.agent() || login.sshConfig().isPresent() || login.legacy()
                ? JschConnection.open(login, within)
                : SshjConnection.open(login, within);
    }
}
