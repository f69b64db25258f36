package net.reroute.cluster.link;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** The TLS of members among themselves: version 1.3, and both sides show a certificate. */
public final class Tls {

    public static final String VERSION = "TLSv1.3";
    private static final char[] NO_PASSWORD = new char[0];

    private Tls() {}

    /** The key that a member shows. */
    public static KeyManager keys(Identity identity) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setKeyEntry("member", identity.key(), NO_PASSWORD,
                    new Certificate[]{identity.certificate(), identity.authority()});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_PASSWORD);
            return keys.getKeyManagers()[0];
        } catch (GeneralSecurityException e) {
            throw new IOException("this member's certificate cannot be used: " + e.getMessage(), e);
        }
    }

    /** For a member. */
    public static SSLContext of(Identity identity, MemberTrust trust) throws IOException {
        KeyManager keys = keys(identity);
        try {
            SSLContext context = SSLContext.getInstance(VERSION);
            context.init(new KeyManager[]{keys}, new TrustManager[]{trust}, null);
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
