package net.reroute.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;

/**
 * A new key to log in with, in the files' forms of ssh-keygen(1).
 *
 * @param secret content of the private file, without a passphrase
 * @param line of the public file, without the comment
 */
public record NewKey(String secret, String line) {

    private static final int COLUMNS = 70;

    /** The shortest that is advised today, and the longest that old devices take. */
    private static final int RSA_BITS = 3072;
    private static final int CERTAINTY = 100;

    /** Makes an Ed25519 key. */
    public static NewKey ed25519() throws IOException {
        Ed25519KeyPairGenerator generator = new Ed25519KeyPairGenerator();
        generator.init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        return of("OPENSSH", "ssh-ed25519", pair);
    }

    /** Makes an RSA key, for devices that take no other. */
    public static NewKey rsa() throws IOException {
        RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
        generator.init(new RSAKeyGenerationParameters(RSAKeyGenParameterSpec.F4, new SecureRandom(), RSA_BITS,
                CERTAINTY));
        return of("RSA", "ssh-rsa", generator.generateKeyPair());
    }

    private static NewKey of(String form, String type, AsymmetricCipherKeyPair pair) throws IOException {
        byte[] blob = OpenSSHPrivateKeyUtil.encodePrivateKey(pair.getPrivate());
        String body = Base64.getMimeEncoder(COLUMNS, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(blob);
        return new NewKey(
                "-----BEGIN " + form + " PRIVATE KEY-----\n" + body + "\n-----END " + form + " PRIVATE KEY-----\n",
                type + " "
                        + Base64.getEncoder().encodeToString(OpenSSHPublicKeyUtil.encodePublicKey(pair.getPublic())));
    }
}
