package net.reroute.ssh;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** The certificate authorities that TLS connections trust. */
public final class Authorities {

    private Authorities() {}

    /**
     * A TLS context that trusts these authorities.
     *
     * @param ca PEM file of the authorities; empty: the JDK's
     * @throws IOException if they cannot be used
     */
    public static SSLContext context(Optional<Path> ca) throws IOException {
        try {
            if (ca.isEmpty()) {
                return SSLContext.getDefault();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[]{trust(ca)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw unusable(ca, e);
        }
    }

    /**
     * A trust manager for these authorities.
     *
     * @param ca PEM file of the authorities; empty: the JDK's
     * @throws IOException if they cannot be used
     */
    public static X509ExtendedTrustManager trust(Optional<Path> ca) throws IOException {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(ca.isPresent() ? store(ca.get()) : null);
            for (TrustManager manager : trust.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager x509) {
                    return x509;
                }
            }
            throw new GeneralSecurityException("this Java judges no certificates");
        } catch (GeneralSecurityException e) {
            throw unusable(ca, e);
        }
    }

    private static IOException unusable(Optional<Path> ca, GeneralSecurityException e) {
        return new IOException("the authorities in " + ca.map(Path::toString).orElse("the JDK")
                + " cannot be used: " + e.getMessage(), e);
    }

    private static KeyStore store(Path ca) throws IOException, GeneralSecurityException {
        Optional<String> objection = Permissions.writable(ca);
        if (objection.isPresent()) {
            throw new GeneralSecurityException("it " + objection.get());
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(ca))) { // it is read byte by byte
            int i = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + i++, certificate);
            }
        }
        if (store.size() == 0) {
            throw new GeneralSecurityException("it holds no certificate");
        }
        return store;
    }
}
