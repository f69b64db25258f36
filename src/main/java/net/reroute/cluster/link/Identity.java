package net.reroute.cluster.link;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Optional;
import net.reroute.core.ClusterSpec.Member;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Who a member is: its key and certificate, and the authority that all members trust. The files are in the folder
 * {@code cluster} of the state folder, for their owner only.
 *
 * @param cluster id of the cluster, also the organization in each certificate
 * @param name of this member, also the common name in its certificate
 * @param authorityKey empty at witnesses, which invite nobody
 */
public record Identity(String cluster, String name, X509Certificate certificate, PrivateKey key,
        X509Certificate authority,
        Optional<PrivateKey> authorityKey) {

    private static final String FOLDER = "cluster";
    private static final String CERTIFICATE = "cert.pem";
    private static final String KEY = "key.pem";
    private static final String AUTHORITY = "ca.pem";
    private static final String AUTHORITY_KEY = "ca-key.pem";
    /** The kind of every key, as TLS names it. Java shows no certificate whose key names it in another way (ECDSA). */
    static final String KIND = "EC";
    /** The curve of TLS that every JDK has (NIST P-256). */
    private static final String CURVE = "secp256r1";
    private static final String SIGNATURE = "SHA256withECDSA";
    /** Members are trusted by their fingerprints; a date must not stop them. */
    private static final Duration LASTS = Duration.ofDays(20 * 365);
    private static final int ID_BYTES = 5;
    private static final int SERIAL_BITS = 120;

    /** The first member of a new cluster. */
    public static Identity found(Member member) throws IOException {
        byte[] random = new byte[ID_BYTES];
        new SecureRandom().nextBytes(random);
        String cluster = HexFormat.of().formatHex(random);
        KeyPair authority = keys();
        X500Name issuer = subject("authority", cluster);
        try {
            X509v3CertificateBuilder builder = builder(issuer, issuer, authority.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            X509Certificate root = signed(builder, authority.getPrivate());
            KeyPair own = keys();
            X509Certificate certificate = sign(member, own.getPublic(), root, authority.getPrivate());
            return new Identity(cluster, member.name(), certificate, own.getPrivate(), root,
                    Optional.of(authority.getPrivate()));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("no certificate can be made: " + e.getMessage(), e);
        }
    }

    /** Makes a key pair. */
    public static KeyPair keys() throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(KIND);
            generator.initialize(new ECGenParameterSpec(CURVE));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IOException("no key can be made: " + e.getMessage(), e);
        }
    }

    /** A certificate of this cluster for another member. */
    public X509Certificate sign(Member member, PublicKey key) throws IOException {
        PrivateKey by = authorityKey.orElseThrow(() -> new IOException(
                name + " is a witness and has no authority's key; invite at another member"));
        try {
            return sign(member, key, authority, by);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("no certificate can be made: " + e.getMessage(), e);
        }
    }

    private static X509Certificate sign(Member member, PublicKey key, X509Certificate authority, PrivateKey by)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        String cluster = subject(authority).getRDNs(BCStyle.O)[0].getFirst().getValue().toString();
        X509v3CertificateBuilder builder = builder(subject(authority), subject(member.name(), cluster), key);
        builder.addExtension(Extension.subjectAlternativeName, false,
                new GeneralNames(new GeneralName(GeneralName.iPAddress, member.address().toString())));
        return signed(builder, by);
    }

    /** Its parts in the order in which they were written, which comparisons depend on. */
    private static X500Name subject(X509Certificate certificate) {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

    private static X500Name subject(String name, String cluster) {
        return new X500NameBuilder().addRDN(BCStyle.O, cluster).addRDN(BCStyle.CN, name).build();
    }

    private static X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, PublicKey key) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(issuer, new BigInteger(SERIAL_BITS, new SecureRandom()),
                Date.from(now.minus(Duration.ofDays(1))), Date.from(now.plus(LASTS)), subject, key);
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey by)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(by)));
    }

    /** The common name in a certificate. */
    public static String nameIn(X509Certificate certificate) {
        return subject(certificate).getRDNs(BCStyle.CN)[0].getFirst()
                .getValue().toString();
    }

    /** SHA-256 of a certificate, in hex. */
    public static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    // ---- files --------------------------------------------------------------------------------------------------

    /**
     * Reads the identity of the controller with this state folder; empty if it belongs to no cluster.
     *
     * @throws IOException if the files are there and cannot be used
     */
    public static Optional<Identity> load(Path state) throws IOException {
        Path folder = state.resolve(FOLDER);
        if (!Files.exists(folder.resolve(CERTIFICATE), LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        X509Certificate certificate = certificate(Files.readString(folder.resolve(CERTIFICATE)));
        X500Name subject = subject(certificate);
        Optional<PrivateKey> authorityKey = Files.exists(folder.resolve(AUTHORITY_KEY))
                ? Optional.of(privateKey(Files.readString(folder.resolve(AUTHORITY_KEY))))
                : Optional.empty();
        return Optional.of(new Identity(subject.getRDNs(BCStyle.O)[0].getFirst().getValue().toString(),
                nameIn(certificate), certificate, privateKey(Files.readString(folder.resolve(KEY))),
                certificate(Files.readString(folder.resolve(AUTHORITY))), authorityKey));
    }

    /** Writes the files. The certificate comes last: without it there is no identity. */
    public void store(Path state) throws IOException {
        Path folder = state.resolve(FOLDER);
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("rwx------")));
        if (authorityKey.isPresent()) {
            write(folder.resolve(AUTHORITY_KEY), pem(authorityKey.get()));
        } else {
            Files.deleteIfExists(folder.resolve(AUTHORITY_KEY));
        }
        write(folder.resolve(AUTHORITY), pem(authority));
        write(folder.resolve(KEY), pem(key));
        write(folder.resolve(CERTIFICATE), pem(certificate));
    }

    /** Removes the files: the controller belongs to no cluster any more. */
    public static void forget(Path state) throws IOException {
        for (String file : new String[]{CERTIFICATE, KEY, AUTHORITY_KEY, AUTHORITY}) {
            Files.deleteIfExists(state.resolve(FOLDER).resolve(file));
        }
    }

    private static void write(Path file, String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(next);
            Files.createFile(next,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(next, text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            throw new IOException(file + " cannot be written", e);
        }
    }

    public static String pem(Object thing) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            // PKCS #8: the older form of an EC key lacks its curve when it is read alone
            writer.writeObject(thing instanceof PrivateKey key ? new JcaPKCS8Generator(key, null) : thing);
        }
        return text.toString();
    }

    public static X509Certificate certificate(String pem) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            if (parser.readObject() instanceof X509CertificateHolder holder) {
                return new JcaX509CertificateConverter().getCertificate(holder);
            }
            throw new IOException("there is no certificate where one should be");
        } catch (GeneralSecurityException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    public static PrivateKey privateKey(String pem) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            if (parser.readObject() instanceof PrivateKeyInfo info) {
                return KeyFactory.getInstance(KIND).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
            }
            throw new IOException("there is no key where one should be");
        } catch (GeneralSecurityException e) {
            throw new IOException("there is no " + KIND + " key where one should be", e);
        }
    }
}
