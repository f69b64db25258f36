package net.reroute.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import net.reroute.core.WebSpec;

/** The certificate that the page is served with. */
final class Certificates {

    private static final Pattern KEY = Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
    private static final char[] NO_PASSWORD = new char[0];
    /** RFC 5280, section 4.2.1.6: dNSName. */
    private static final int DNS_NAME = 2;

    private final SSLContext context;
    private final Set<String> names;

    private Certificates(SSLContext context, Set<String> names) {
        this.context = context;
        this.names = names;
    }

    /** @throws IOException if a file cannot be read, or is not what it should be; the message says which */
    static Certificates read(WebSpec.Tls files) throws IOException {
        try (InputStream in = Files.newInputStream(files.certificate())) {
            Collection<? extends Certificate> chain = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (chain.isEmpty()) {
                throw new IOException("there is no certificate in " + files.certificate());
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setKeyEntry("page", key(files), NO_PASSWORD, chain.toArray(Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return new Certificates(context, names((X509Certificate) chain.iterator().next()));
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate " + files.certificate() + " and the key " + files.key()
                    + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static Key key(WebSpec.Tls files) throws IOException, GeneralSecurityException {
        Matcher pem = KEY.matcher(Files.readString(files.key()));
        if (!pem.find()) {
            throw new IOException("there is no key in " + files.key() + " that can be read; it is written as PKCS #8:"
                    + " openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
        }
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                continue; // it is of another kind
            }
        }
        throw new IOException("the key in " + files.key() + " is neither EC nor RSA nor EdDSA");
    }

    private static Set<String> names(X509Certificate certificate) throws GeneralSecurityException {
        Set<String> names = new HashSet<>();
        Collection<List<?>> all = certificate.getSubjectAlternativeNames();
        if (all != null) {
            all.stream().filter(n -> n.get(0).equals(DNS_NAME))
                    .forEach(n -> names.add(n.get(1).toString().toLowerCase(Locale.ROOT)));
        }
        return names;
    }

    SSLContext context() {
        return context;
    }

    /** The names that it is for. */
    Set<String> names() {
        return names;
    }
}
