package net.reroute.ssh;

import java.time.Instant;
import java.util.Optional;

/**
 * A key or certificate to log in with, from a file or an agent.
 *
 * @param name where the key comes from, for error texts
 */
record UserKey(String name, SshKey key, Signer signer) {

    /** Signs with one of the key's algorithms; returns null if it cannot. */
    @FunctionalInterface
    interface Signer {
        byte[] sign(byte[] data, String algorithm);
    }

    /** This key with a certificate for it. */
    UserKey with(String file, SshKey certificate) {
        return new UserKey(file, certificate, signer);
    }

    /** Why a server will refuse the key, as far as this can be told without asking; empty if nothing is known. */
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
