package net.reroute.check;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import net.reroute.core.CheckSpec.CertificateTrust;
import net.reroute.core.HostHeader;
import net.reroute.ssh.Authorities;

/** TLS for https checks: the trusted authorities, and the name that the certificate must contain. Thread-safe. */
final class Tls {

    private final X509ExtendedTrustManager trust;
    private final Optional<HostHeader> name;
    private final InstantSource calendar;

    /**
     * @param socket after the handshake
     * @param until when the first certificate of the path expires
     */
    record Secured(SSLSocket socket, Instant until) {}

    /**
     * @param calendar wall-clock time, for the dates of certificates
     * @throws IOException if the file of authorities cannot be used
     */
    Tls(CertificateTrust trust, InstantSource calendar) throws IOException {
        this.name = trust.name().map(HostHeader::parse);
        this.trust = Authorities.trust(trust.ca());
        this.calendar = calendar;
    }

    /** Does the handshake. The certificate must be for the name in the inventory, or if there is none, for the host. */
    Secured over(Socket plain, HostHeader host, int port) throws IOException {
        ServerTrust believes = new ServerTrust(trust, name.orElse(host), calendar.instant());
        SSLSocket socket = (SSLSocket) fresh(believes).getSocketFactory().createSocket(plain, host.name(), port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(indicated(host));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return new Secured(socket, believes.until());
    }

    /** Makes a new context for each handshake: a resumed session shows no certificate. */
    private static SSLContext fresh(TrustManager believes) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[]{believes}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java has no TLS: " + e.getMessage(), e);
        }
    }

    private List<SNIServerName> indicated(HostHeader host) {
        HostHeader site = host.isAddress() ? name.orElse(host) : host;
        return site.isAddress() ? List.of() : List.of(new Name(site.name()));
    }

    /** The JDK's {@link javax.net.ssl.SNIHostName} refuses '_'. */
    private static final class Name extends SNIServerName {

        Name(String name) {
            super(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
