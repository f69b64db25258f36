package net.reroute.ssh;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Tells the SSH library whether to accept the host key, and remembers the reason for a refusal. */
final class HostCheck {

    private final SshTarget target;
    private final HostTrust trust;
    private volatile HostKeyTap tap;
    private volatile SshKey accepted;
    private volatile String complaint;

    HostCheck(SshTarget target, HostTrust trust) {
        this.target = target;
        this.trust = trust;
    }

    /** Remembers the tap of this connection. */
    HostKeyTap listen(HostKeyTap socket) {
        tap = socket;
        return socket;
    }

    /** Called after the login: lifts the limit on what the server may send. */
    void loggedIn() throws IOException {
        if (tap != null) {
            tap.unlimited();
        }
    }

    /**
     * Decides about a host key.
     *
     * @param proved the plain key that the server has proved to hold; only the tap has the certificate as sent
     */
    boolean accepts(SshKey proved) {
        if (proved.equals(accepted)) {
            return true; // a long connection is re-keyed, and the certificate may have expired meanwhile
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

    /** Why the last host key was refused; empty if it was accepted, or none was shown. */
    Optional<String> complaint() {
        return Optional.ofNullable(complaint);
    }
}
