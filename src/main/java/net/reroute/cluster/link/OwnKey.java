package net.reroute.cluster.link;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Shows the one certificate of a member. The managers of the JDK want a key store, which encrypts the key
 * with 10,000 rounds of PBKDF2 and decrypts it again, for each connection's context: a third of a member's start.
 */
final class OwnKey extends X509ExtendedKeyManager {

    private static final String ALIAS = "member";

    private final Identity identity;

    OwnKey(Identity identity) {
        this.identity = identity;
    }

    /** A member of another cluster is asked for a certificate of this one: it shows none, and stays a stranger. */
    private String chosen(Principal[] issuers, String... kinds) {
        boolean asked = issuers == null || issuers.length == 0
                || List.of(issuers).contains(identity.authority().getSubjectX500Principal());
        return asked && List.of(kinds).contains(identity.key().getAlgorithm()) ? ALIAS : null;
    }

    @Override
    public String chooseClientAlias(String[] kinds, Principal[] issuers, Socket socket) {
        return chosen(issuers, kinds);
    }

    @Override
    public String chooseEngineClientAlias(String[] kinds, Principal[] issuers, SSLEngine engine) {
        return chosen(issuers, kinds);
    }

    @Override
    public String chooseServerAlias(String kind, Principal[] issuers, Socket socket) {
        return chosen(issuers, kind);
    }

    @Override
    public String chooseEngineServerAlias(String kind, Principal[] issuers, SSLEngine engine) {
        return chosen(issuers, kind);
    }

    @Override
    public String[] getClientAliases(String kind, Principal[] issuers) {
        return getServerAliases(kind, issuers);
    }

    @Override
    public String[] getServerAliases(String kind, Principal[] issuers) {
        return chosen(issuers, kind) == null ? null : new String[]{ALIAS};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return new X509Certificate[]{identity.certificate(), identity.authority()};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return identity.key();
    }
}
