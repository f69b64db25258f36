package net.reroute.core;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the page and the API are served, and to whom.
 *
 * @param listen address and port
 * @param configured false if the inventory says nothing about it: then a port in use is no trouble
 * @param tls certificate and key; always there unless the address is a loopback address
 * @param anyoneReads true if reading needs no login anywhere; otherwise only on loopback
 * @param names host names that browsers may use, beside the address and those of the certificate
 * @param proxy that logs people in; empty: none is trusted
 */
public record WebSpec(Endpoint listen, boolean configured, Optional<Tls> tls, boolean anyoneReads, List<String> names,
        Optional<TrustedProxy> proxy) {

    public WebSpec {
        names = List.copyOf(names);
    }

    /** The address and port if the inventory says nothing. */
    public static final WebSpec USUAL = new WebSpec(new Endpoint(Address.parse("127.0.0.1"), 8480), false,
            Optional.empty(), false, List.of(), Optional.empty());

    /**
     * @param certificate PEM file with the certificate and those that signed it
     * @param key PEM file, PKCS #8
     */
    public record Tls(Path certificate, Path key) {}

    /**
     * A proxy that tells who its user is.
     *
     * @param header that holds the user's name
     * @param from addresses of the proxy
     */
    public record TrustedProxy(String header, List<Address> from) {

        public TrustedProxy {
            from = List.copyOf(from);
        }
    }

    /** True if only this machine can connect. */
    public boolean isLoopback() {
        return listen.address().isLoopback();
    }
}
