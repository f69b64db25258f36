package net.reroute.check;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import net.reroute.core.HostHeader;

/**
 * Judges the certificate of one server, for one handshake: the JDK must trust it, it must be for the requested host,
 * and no certificate of its path may have expired. The JDK ignores the dates of trust anchors (RFC 5280 section 6.1.1),
 * including a pinned certificate. Browsers and OpenSSL check them.
 */
final class ServerTrust extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager jdk;
    private final HostHeader expected;
    private final Instant now;
    private volatile Instant until = Instant.MAX;

    ServerTrust(X509ExtendedTrustManager jdk, HostHeader expected, Instant now) {
        this.jdk = jdk;
        this.expected = expected;
        this.now = now;
    }

    /** When the first certificate of the path expires; {@link Instant#MAX} before the handshake. */
    Instant until() {
        return until;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        try {
            jdk.checkServerTrusted(chain, kind, socket);
        } catch (CertificateException e) {
            throw worded(chain, e);
        }
        List<X509Certificate> path = path(chain);
        dates(path, chain[0]);
        Identity.check(chain[0], expected);
        until = path.stream().map(c -> c.getNotAfter().toInstant()).min(Comparator.naturalOrder()).orElse(Instant.MAX);
    }

    private CertificateException worded(X509Certificate[] chain, CertificateException e) {
        try {
            dates(path(chain), chain[0]);
        } catch (CertificateException dated) {
            dated.addSuppressed(e);
            return dated;
        }
        return String.valueOf(e.getMessage()).contains("unable to find valid certification path")
                ? new CertificateException("no authority that is trusted has signed its certificate (issued by "
                        + chain[0].getIssuerX500Principal() + ")", e)
                : e;
    }

    private void dates(List<X509Certificate> path, X509Certificate own) throws CertificateException {
        for (X509Certificate certificate : path) {
            String whose = certificate.equals(own)
                    ? "its certificate"
                    : "the certificate of its authority " + certificate.getSubjectX500Principal();
            if (certificate.getNotAfter().toInstant().isBefore(now)) {
                throw new CertificateException(whose + " expired on " + day(certificate.getNotAfter().toInstant()));
            }
            if (certificate.getNotBefore().toInstant().isAfter(now)) {
                throw new CertificateException(whose + " is not valid before "
                        + day(certificate.getNotBefore().toInstant()));
            }
        }
    }

    private static String day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    /** The path from the server's certificate to the trust anchor. Other certificates in the chain are ignored. */
    private List<X509Certificate> path(X509Certificate[] chain) {
        List<X509Certificate> path = new ArrayList<>(List.of(chain[0]));
        Optional<X509Certificate> anchor = anchor(chain[0]);
        while (anchor.isEmpty()) {
            X509Certificate last = path.getLast();
            Optional<X509Certificate> next = Stream.of(chain).filter(c -> !path.contains(c) && signed(c, last))
                    .findFirst();
            if (next.isEmpty()) {
                return path;
            }
            path.add(next.get());
            anchor = anchor(next.get());
        }
        if (!path.contains(anchor.get())) {
            path.add(anchor.get());
        }
        return path;
    }

    /** The trust anchor that signed a certificate; if several did, the one that expires last. */
    private Optional<X509Certificate> anchor(X509Certificate certificate) {
        List<X509Certificate> trusted = List.of(jdk.getAcceptedIssuers());
        return trusted.contains(certificate)
                ? Optional.of(certificate)
                : trusted.stream().filter(t -> signed(t, certificate))
                        .max(Comparator.comparing(X509Certificate::getNotAfter));
    }

    private static boolean signed(X509Certificate issuer, X509Certificate certificate) {
        if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false; // a different authority with the same name
        }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return jdk.getAcceptedIssuers();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        throw onlyServers();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
            throws CertificateException {
        throw onlyServers();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
        throw onlyServers();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        throw onlyServers();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
            throws CertificateException {
        throw onlyServers();
    }

    private static CertificateException onlyServers() {
        return new CertificateException("only servers are asked, over sockets");
    }
}
