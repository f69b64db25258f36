package net.reroute.ssh;

import com.hierynomus.sshj.userauth.certificate.Certificate;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KEM;
import javax.crypto.KeyAgreement;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.signature.Signature;
import net.schmizz.sshj.transport.Transport;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.transport.digest.SHA256;
import net.schmizz.sshj.transport.kex.KeyExchange;
import net.schmizz.sshj.transport.kex.KeyExchangeBase;

/**
 * The hybrid key exchange ML-KEM 768 with X25519, which sshj lacks (draft-ietf-sshm-mlkem-hybrid-kex). It protects
 * traffic that is recorded today from a future quantum computer. The JDK has both algorithms (JEP 496, JEP 324).
 */
final class HybridExchange extends KeyExchangeBase {

    static final String NAME = "mlkem768x25519-sha256";

    private static final int KEM_KEY = 1184;
    private static final int CIPHERTEXT = 1088;
    private static final int POINT = 32;
    /** The X.509 prefix of an X25519 key (RFC 8410 section 4). */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b656e032100");

    private KeyPair kem;
    private KeyPair curve;
    private byte[] mine;
    private BigInteger secret;

    private HybridExchange() {
        super(new SHA256());
    }

    /** The factory for sshj. */
    static final class Maker implements Factory.Named<KeyExchange> {

        @Override
        public KeyExchange create() {
            return new HybridExchange();
        }

        @Override
        public String getName() {
            return NAME;
        }
    }

    /** The shared secret as octets: unlike in a number, leading zeros count. */
    private static final class Octets extends BigInteger {

        private static final long serialVersionUID = 1;

        private final transient byte[] octets;

        Octets(byte[] octets) {
            super(1, octets);
            this.octets = octets;
        }

        @Override
        public byte[] toByteArray() {
            return octets.clone();
        }
    }

    @Override
    public void init(Transport trans, String theirVersion, String myVersion, byte[] theirs, byte[] own)
            throws GeneralSecurityException, TransportException {
        super.init(trans, theirVersion, myVersion, theirs, own);
        digest.init();
        kem = KeyPairGenerator.getInstance("ML-KEM-768").generateKeyPair();
        curve = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        mine = joined(last(kem.getPublic(), KEM_KEY), last(curve.getPublic(), POINT));
        trans.write(new SSHPacket(Message.KEXDH_INIT).putBytes(mine));
    }

    @Override
    public boolean next(Message message, SSHPacket packet) throws GeneralSecurityException, TransportException {
        if (message != Message.KEXDH_31) {
            throw failed("unexpected " + message + " in the key exchange", null);
        }
        try {
            byte[] shown = packet.readBytes();
            byte[] reply = packet.readBytes();
            byte[] signed = packet.readBytes();
            hostKey = new Buffer.PlainBuffer(shown).readPublicKey();
            secret = secret(reply);
            Buffer.PlainBuffer all = initializedBuffer().putString(shown).putBytes(mine).putBytes(reply)
                    .putMPInt(secret);
            digest.update(all.array(), all.rpos(), all.available());
            H = digest.digest();
            return verified(signed);
        } catch (Buffer.BufferException e) {
            throw failed("a key exchange that makes no sense", e);
        }
    }

    private BigInteger secret(byte[] reply) throws GeneralSecurityException, TransportException {
        if (reply.length != CIPHERTEXT + POINT) {
            throw failed("an answer of the wrong length in the key exchange", null);
        }
        byte[] first = KEM.getInstance("ML-KEM").newDecapsulator(kem.getPrivate())
                .decapsulate(Arrays.copyOf(reply, CIPHERTEXT)).getEncoded();
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(curve.getPrivate());
        agreement.doPhase(KeyFactory.getInstance("X25519").generatePublic(new X509EncodedKeySpec(
                joined(X509, Arrays.copyOfRange(reply, CIPHERTEXT, reply.length)))), true);
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        sha.update(first);
        return new Octets(sha.digest(agreement.generateSecret()));
    }

    private boolean verified(byte[] signed) throws TransportException {
        Signature signature = trans.getHostKeyAlgorithm().newSignature();
        PublicKey by = hostKey instanceof Certificate<?> certificate ? certificate.getKey() : hostKey;
        signature.initVerify(by);
        signature.update(H, 0, H.length);
        if (!signature.verify(signed)) {
            throw failed("the host key's signature is wrong", null);
        }
        return true;
    }

    private static TransportException failed(String why, IOException cause) {
        return new TransportException(DisconnectReason.KEY_EXCHANGE_FAILED, why, cause);
    }

    /** The SSH form of a key is the end of its X.509 form. */
    private static byte[] last(PublicKey key, int length) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - length, encoded.length);
    }

    private static byte[] joined(byte[] a, byte[] b) {
        byte[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    @Override
    public BigInteger getK() {
        return secret;
    }
}
