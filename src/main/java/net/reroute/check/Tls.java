package net.reroute.check;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import net.reroute.core.CheckSpec.Trust;

/** TLS for https checks: the JDK's authorities or one's own, and the name that the certificate must carry. */
final class Tls {

    private final SSLContext context;
    private final Optional<String> name;

    Tls(Trust trust) throws IOException {
        this.name = trust.name();
        try {
            this.context = trust.ca().isPresent() ? trusting(trust.ca().get()) : SSLContext.getDefault();
        } catch (GeneralSecurityException e) {
            throw new IOException("the authorities in " + trust.ca().map(Path::toString).orElse("the JDK")
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

    /** Shakes hands; the certificate must carry the pinned name, or else the host asked for. */
    SSLSocket over(Socket plain, String host, int port) throws IOException {
        String expected = name.orElse(host.replaceAll("[\\[\\]]", ""));
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, expected, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (host.matches("[A-Za-z0-9.-]*[A-Za-z][A-Za-z0-9.-]*")) {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
