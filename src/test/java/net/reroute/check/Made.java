package net.reroute.check;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate made for a test, with its key and what it was signed by. */
public record Made(KeyPair keys, X509Certificate certificate, List<X509Certificate> chain) {

    private static final char[] PASSWORD = "changeit".toCharArray();

    /** When it is valid. */
    public record Span(Instant from, Instant until) {

        public static Span days(int days) {
            Instant now = Instant.now();
            return new Span(now.minus(1, ChronoUnit.DAYS), now.plus(days, ChronoUnit.DAYS));
        }
    }

    /** @param names like dns:www.example.com, ip:192.0.2.1, separated by commas; empty for none */
    static Made alone(String names, Span span) {
        return make("CN=test", names, span, null);
    }

    public static Made authority(String subject, Span span) {
        return make(subject, "ca", span, null);
    }

    Made signs(String names, Span span) {
        return make("CN=test", names, span, this);
    }

    private static Made make(String subject, String names, Span span, Made issuer) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            KeyPair keys = generator.generateKeyPair();
            X500Name by = new X500Name(issuer == null
                    ? subject
                    : issuer.certificate.getSubjectX500Principal().getName());
            var builder = new JcaX509v3CertificateBuilder(by, BigInteger.valueOf(System.nanoTime()),
                    Date.from(span.from), Date.from(span.until), new X500Name(subject), keys.getPublic());
            if (names.equals("ca")) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            } else if (!names.isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
            }
            var signer = new JcaContentSignerBuilder("SHA256withECDSA")
                    .build(issuer == null ? keys.getPrivate() : issuer.keys.getPrivate());
            X509Certificate made = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
            return new Made(keys, made,
                    issuer == null ? List.of(made) : List.of(made, issuer.certificate));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static GeneralNames alternatives(String names) {
        return new GeneralNames(java.util.stream.Stream.of(names.split(","))
                .map(n -> new GeneralName(n.startsWith("dns:") ? GeneralName.dNSName : GeneralName.iPAddress,
                        n.substring(n.indexOf(':') + 1)))
                .toArray(GeneralName[]::new));
    }

    /** Written down as a file of authorities. */
    public Path pem(Path file) throws IOException {
        try {
            return Files.writeString(file, "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n");
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** A web server on loopback that shows it; the caller says what it answers. */
    HttpsServer serve() throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("web", keys.getPrivate(), PASSWORD, chain.toArray(Certificate[]::new));
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(store, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), null, null);
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 10);
            server.setHttpsConfigurator(new HttpsConfigurator(context));
            return server;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
