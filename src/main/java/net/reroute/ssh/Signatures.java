package net.reroute.ssh;

import com.hierynomus.sshj.key.KeyAlgorithms;
import java.io.IOException;
import java.security.PrivateKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.signature.Signature;
import net.schmizz.sshj.signature.SignatureECDSA;
import net.schmizz.sshj.signature.SignatureRSA;

/** Signs and verifies with sshj's cryptography, for both libraries. */
final class Signatures {

    private static final Map<String, Factory.Named<Signature>> BY_ALGORITHM = Map.of("ssh-ed25519",
            new com.hierynomus.sshj.signature.SignatureEdDSA.Factory(), "ecdsa-sha2-nistp256",
            new SignatureECDSA.Factory256(), "ecdsa-sha2-nistp384", new SignatureECDSA.Factory384(),
            "ecdsa-sha2-nistp521", new SignatureECDSA.Factory521(), "rsa-sha2-512",
            new SignatureRSA.FactoryRSASHA512(), "rsa-sha2-256", new SignatureRSA.FactoryRSASHA256(), "ssh-rsa",
            new SignatureRSA.FactorySSHRSA());

    private Signatures() {}

    /**
     * Why the algorithm of the authority's signature is not accepted; empty if it is. {@link #forged} verifies the
     * signature.
     */
    static Optional<String> objection(SshCertificate certificate, List<String> allowed) {
        String algorithm = new SshStrings(certificate.signature()).text();
        if (!allowed.contains(algorithm)) {
            return Optional.of("is signed with " + algorithm + ", which is not among the CASignatureAlgorithms");
        }
        return BY_ALGORITHM.containsKey(algorithm)
                ? Optional.empty()
                : Optional.of("is signed with " + algorithm + ", which cannot be checked here");
    }

    /** True if the signature does not match the authority's key. An honest mistake cannot cause that. */
    static boolean forged(SshCertificate certificate) {
        String algorithm = new SshStrings(certificate.signature()).text();
        if (!BY_ALGORITHM.containsKey(algorithm)) {
            return false; // objection() refuses it
        }
        try {
            Signature signature = BY_ALGORITHM.get(algorithm).create();
            signature.initVerify(new Buffer.PlainBuffer(certificate.authority().blob()).readPublicKey());
            signature.update(certificate.signed());
            return !Algorithms.keyType(algorithm).equals(certificate.authority().type())
                    || !signature.verify(certificate.signature());
        } catch (IOException | SSHRuntimeException e) {
            return true;
        }
    }

    /**
     * Signs as a client does (RFC 4252 section 7).
     *
     * @param algorithm of a key or a certificate
     * @return name of the signature algorithm and the signature, as SSH strings
     */
    static byte[] sign(PrivateKey key, byte[] data, String algorithm) {
        Signature signature = BY_ALGORITHM.get(Algorithms.plain(algorithm)).create();
        signature.initSign(key);
        signature.update(data);
        return SshStrings.strings(SshStrings.ascii(signature.getSignatureName()), signature.encode(signature.sign()));
    }

    /** Describes a host key algorithm to sshj, which does not know RSA certificates with SHA-2 itself. */
    static Factory.Named<com.hierynomus.sshj.key.KeyAlgorithm> forSshj(String algorithm) {
        String format = algorithm.endsWith(SshKey.CERTIFICATE)
                ? Algorithms.keyType(algorithm) + SshKey.CERTIFICATE
                : Algorithms.keyType(algorithm);
        return new KeyAlgorithms.Factory(algorithm, BY_ALGORITHM.get(Algorithms.plain(algorithm)),
                KeyType.fromString(format));
    }
}
