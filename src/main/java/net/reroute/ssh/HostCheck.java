package net.reroute.ssh;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Asked by both libraries whether to go on with the key a server has proved to hold; remembers why not. */
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

    /** Keeps what overhears the connection. */
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

    /** @param proved without a certificate, which only the tap has as it came */
    boolean accepts(SshKey proved) {
        if (proved.equals(accepted)) {
            return true; // keys are changed on long connections; a certificate may have run out by then
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
