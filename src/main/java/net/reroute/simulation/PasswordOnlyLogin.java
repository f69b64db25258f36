package net.reroute.simulation;

import org.apache.sshd.server.auth.keyboard.DefaultKeyboardInteractiveAuthenticator;
import org.apache.sshd.server.session.ServerSession;

/** Asks only for the password. OpenSSH shows a title before it; routers do not. */
final class PasswordOnlyLogin extends DefaultKeyboardInteractiveAuthenticator {

    @Override
    protected String getInteractionName(ServerSession session) {
        return "";
    }
}
