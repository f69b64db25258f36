package net.reroute.ssh;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A public key in wire format (RFC 4253 section 6.6), or a certificate that contains one.
 *
 * @param type as ssh-keygen writes it, {@code ssh-ed25519} or {@code ssh-ed25519-cert-v01@openssh.com}
 * @param blob the wire format, type included
 */
record SshKey(String type, byte[] blob) {

    static final String CERTIFICATE = "-cert-v01@openssh.com";

    /** The number of SSH strings after the type that make up the key. */
    private static final Map<String, Integer> PARTS = Map.of("ssh-ed25519", 1, "ssh-rsa", 2, "ssh-dss", 4,
            "ecdsa-sha2-nistp256", 2, "ecdsa-sha2-nistp384", 2, "ecdsa-sha2-nistp521", 2,
            "sk-ssh-ed25519@openssh.com", 2, "sk-ecdsa-sha2-nistp256@openssh.com", 3);

    /** @throws IllegalArgumentException if the blob is not a key of a known type */
    static SshKey of(byte[] blob) {
        try {
            SshKey key = new SshKey(new SshStrings(blob).text(), blob);
            if (!PARTS.containsKey(key.plainType())) {
                throw new IllegalArgumentException("no key of a known kind");
            }
            key.plain();
            if (key.isCertificate()) {
                key.certificate();
            }
            return key;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the key is cut off", e);
        }
    }

    /** Reads a line of a .pub or known_hosts file: type, base64, comment. Empty if it is not a key. */
    static Optional<SshKey> line(String text) {
        String[] words = text.strip().split("[ \t]+");
        if (words.length < 2) {
            return Optional.empty();
        }
        try {
            SshKey key = of(Base64.getDecoder().decode(words[1]));
            return key.type.equals(words[0]) ? Optional.of(key) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean isCertificate() {
        return type.endsWith(CERTIFICATE);
    }

    /** The type of the key itself, without the certificate part. */
    String plainType() {
        if (!isCertificate()) {
            return type;
        }
        String inside = type.substring(0, type.length() - CERTIFICATE.length());
        // The certificate types of security keys have @openssh.com only once.
        return inside.startsWith("sk-") ? inside + "@openssh.com" : inside;
    }

    /** This key; for a certificate, the key in it. */
    SshKey plain() {
        if (!isCertificate()) {
            return this;
        }
        SshStrings wire = new SshStrings(blob);
        wire.bytes(); // type
        wire.bytes(); // nonce
        int start = wire.position();
        for (int i = 0; i < PARTS.get(plainType()); i++) {
            wire.bytes();
        }
        byte[] named = SshStrings.strings(SshStrings.ascii(plainType()));
        byte[] whole = Arrays.copyOf(named, named.length + wire.position() - start);
        System.arraycopy(blob, start, whole, named.length, wire.position() - start);
        return new SshKey(plainType(), whole);
    }

    /** @throws IllegalArgumentException if this is not a certificate, or it is cut off */
    SshCertificate certificate() {
        return SshCertificate.of(this, PARTS.get(plainType()));
    }

    /** The fingerprint that {@code ssh-keygen -l} shows; for a certificate, that of its key. */
    String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(plain().blob);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The type name for {@code -t} of ssh-keygen and ssh-keyscan: ed25519, ecdsa, rsa or dsa. */
    String kind() {
        String name = plainType().replaceFirst("^sk-", "").replaceFirst("^ssh-", "").replaceFirst("-.*|@.*", "");
        return name.equals("dss") ? "dsa" : name;
    }

    /** The bits of the RSA modulus; 0 for other types. */
    int rsaBits() {
        if (!plainType().equals("ssh-rsa")) {
            return 0;
        }
        SshStrings wire = new SshStrings(plain().blob);
        wire.bytes();
        wire.bytes();
        return new BigInteger(wire.bytes()).bitLength();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SshKey key && Arrays.equals(blob, key.blob);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(blob);
    }

    @Override
    public String toString() {
        return type + " " + fingerprint();
    }
}
