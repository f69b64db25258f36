package net.reroute.ssh;

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
import javax.net.ssl.TrustManagerFactory;

/** Whom TLS connections trust. */
public final class Authorities {

    private Authorities() {}

    /**
     * A context that trusts these.
     *
     * @param ca PEM file of the authorities; empty: the JDK's
     * @throws IOException if they cannot be used
     */
    public static SSLContext context(Optional<Path> ca) throws IOException {
        try {
            return ca.isPresent() ? trusting(ca.get()) : SSLContext.getDefault();
        } catch (GeneralSecurityException e) {
            throw new IOException("the authorities in " + ca.map(Path::toString).orElse("the JDK")
                    + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static SSLContext trusting(Path ca) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(ca)) {
            int i = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + i++, certificate);
            }
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
