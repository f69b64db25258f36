package net.reroute.ssh;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Tells both libraries whether to go on with a server's key, and remembers why not. */
final class HostCheck {

    private final Target target;
    private final HostTrust trust;
    private volatile HostKeyTap tap;
    private volatile SshKey accepted;
    private volatile String complaint;

    HostCheck(Target target, HostTrust trust) {
        this.target = target;
        this.trust = trust;
    }

    /** Keeps the tap of the connection. */
    HostKeyTap listen(HostKeyTap socket) {
        tap = socket;
        return socket;
    }

    /** The login is done. */
    void loggedIn() throws IOException {
        if (tap != null) {
            tap.unlimited();
        }
    }

    /** @param proved the plain key; only the tap has the certificate as sent */
    boolean accepts(SshKey proved) {
        if (proved.equals(accepted)) {
            return true; // long connections are re-keyed; a certificate may have expired by then
        }
        Optional<SshKey> shown = tap.key().filter(k -> k.plain().equals(proved));
        complaint = shown.isEmpty()
                ? HostKeyWording.illegible(target)
                : trust.objection(shown.get(), Instant.now()).orElse(null);
        if (complaint == null) {
            accepted = proved;
        }
        return complaint == null;
    }

    /** Why the last key was not accepted; empty: it was, or there was none. */
    Optional<String> complaint() {
        return Optional.ofNullable(complaint);
    }
}
