package net.reroute.cluster.link;

import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** The TLS of members among themselves: version 1.3, and both sides show a certificate. */
public final class Tls {

    public static final String VERSION = "TLSv1.3";

    private Tls() {}

    /** The key that a member shows. */
    public static KeyManager keys(Identity identity) {
        return new OwnKey(identity);
    }

    /** For a member. */
    public static SSLContext of(Identity identity, MemberTrust trust) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance(VERSION);
            context.init(new KeyManager[]{keys(identity)}, new TrustManager[]{trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("this member's certificate cannot be used: " + e.getMessage(), e);
        }
    }

    /** For a controller that has no certificate yet. */
    public static SSLContext joining(TrustManager trust) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance(VERSION);
            context.init(null, new TrustManager[]{trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
