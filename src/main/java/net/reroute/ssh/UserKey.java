package net.reroute.ssh;

import java.time.Instant;
import java.util.Optional;

/**
 * A key to log in with, or its certificate: from a file, or kept by an agent.
 *
 * @param name where it comes from
 */
record UserKey(String name, SshKey key, Signer signer) {

    /** Signs with one of the key's algorithms; null: it cannot. */
    @FunctionalInterface
    interface Signer {
        byte[] sign(byte[] data, String algorithm);
    }

    /** The same key, shown with a certificate of it. */
    UserKey with(String file, SshKey certificate) {
        return new UserKey(file, certificate, signer);
    }

    /** Why a server will refuse it, as far as that is known here. */
    Optional<String> objection(String user, Instant now) {
        if (!key.isCertificate()) {
            return Optional.empty();
        }
        SshCertificate certificate = key.certificate();
        return certificate.untimely(now).or(() -> certificate.names(user)
                ? Optional.empty()
                : Optional.of("is for " + String.join(", ", certificate.principals()) + ", not for " + user))
                .map(why -> "the certificate " + name + " " + why);
    }
}
