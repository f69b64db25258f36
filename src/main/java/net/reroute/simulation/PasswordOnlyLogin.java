package net.reroute.simulation;

import org.apache.sshd.server.auth.keyboard.DefaultKeyboardInteractiveAuthenticator;
import org.apache.sshd.server.session.ServerSession;

/** Asks for the password only; OpenSSH shows a title before it, and routers show none. */
final class PasswordOnlyLogin extends DefaultKeyboardInteractiveAuthenticator {

    @Override
    protected String getInteractionName(ServerSession session) {
        return "";
    }
}
