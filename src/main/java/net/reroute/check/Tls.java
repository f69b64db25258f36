package net.reroute.check;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import net.reroute.core.CheckSpec.Trust;
import net.reroute.ssh.Authorities;

/** TLS for https checks: the JDK's authorities or one's own, and the name that the certificate must carry. */
final class Tls {

    private final SSLContext context;
    private final Optional<String> name;

    Tls(Trust trust) throws IOException {
        this.name = trust.name();
        this.context = Authorities.context(trust.ca());
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
