package net.reroute.ssh;

import java.nio.BufferUnderflowException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An OpenSSH certificate (PROTOCOL.certkeys): an authority states who owns a key, and how long that is valid.
 *
 * @param kind {@link #USER} or {@link #HOST}
 * @param principals names of the users or hosts; empty: any
 * @param from start of validity in seconds since the epoch, unsigned
 * @param until end of validity in seconds since the epoch, unsigned; all ones: no end
 * @param options true if there are critical options, which a verifier must understand
 * @param signature of the authority over {@code signed}
 */
record SshCertificate(int kind, String id, List<String> principals, long from, long until, boolean options,
        SshKey authority, byte[] signature, byte[] signed) {

    static final int USER = 1;
    static final int HOST = 2;

    private static final long FOR_EVER = -1;

    static SshCertificate of(SshKey key, int parts) {
        if (!key.isCertificate()) {
            throw new IllegalArgumentException("no certificate");
        }
        try {
            SshStrings wire = new SshStrings(key.blob());
            for (int i = 0; i < 2 + parts; i++) { // type, nonce, the key
                wire.bytes();
            }
            wire.large(); // serial
            int kind = wire.number();
            String id = wire.text();
            List<String> principals = new SshStrings(wire.bytes()).texts();
            long from = wire.large();
            long until = wire.large();
            boolean options = wire.bytes().length > 0;
            wire.bytes(); // extensions
            wire.bytes(); // reserved
            SshKey authority = SshKey.of(wire.bytes());
            byte[] signed = Arrays.copyOf(key.blob(), wire.position());
            return new SshCertificate(kind, id, principals, from, until, options, authority, wire.bytes(), signed);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the certificate is cut off", e);
        }
    }

    /** Why the certificate is not valid at this time; empty if it is. */
    Optional<String> untimely(Instant now) {
        if (Long.compareUnsigned(now.getEpochSecond(), from) < 0) {
            return Optional.of("is valid only from " + Instant.ofEpochSecond(from));
        }
        return until != FOR_EVER && Long.compareUnsigned(now.getEpochSecond(), until) >= 0
                ? Optional.of("has expired at " + Instant.ofEpochSecond(until))
                : Optional.empty();
    }

    /** True if it is for this name. Compares exactly, as ssh does. */
    boolean names(String name) {
        return principals.isEmpty() || principals.contains(name);
    }

    /** Why it is not a valid certificate of this host; empty if it is. Does not check the signature. */
    Optional<String> objectionAsHost(String name, Instant now) {
        if (kind != HOST) {
            return Optional.of("is not one for hosts");
        }
        if (untimely(now).isPresent()) {
            return untimely(now);
        }
        if (!names(name)) {
            return Optional.of("is for " + String.join(", ", principals) + ", not for " + name);
        }
        return options ? Optional.of("has critical options, which no host certificate has") : Optional.empty();
    }
}
