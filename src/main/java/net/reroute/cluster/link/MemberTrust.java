package net.reroute.cluster.link;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Trusts certificates that the cluster's authority signed and the records know. Dates are not looked at: a clock that is
 * wrong after a power cut must not part the members.
 */
public final class MemberTrust extends ChainTrust {

    private final X509Certificate authority;
    private final Optional<String> expected;
    private final BiPredicate<String, String> known;

    /**
     * @param expected the only member to trust; empty: any
     * @param known tells whether a member may have a certificate, by name and fingerprint
     */
    public MemberTrust(X509Certificate authority, Optional<String> expected, BiPredicate<String, String> known) {
        this.authority = authority;
        this.expected = expected;
        this.known = known;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        try {
            chain[0].verify(authority.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new CertificateException("it is not of this cluster", e);
        }
        String name = Identity.nameIn(chain[0]);
        if (chain[0].getBasicConstraints() >= 0) {
            throw new CertificateException("it is the authority's, and no member's");
        }
        if (expected.filter(e -> !e.equals(name)).isPresent()) {
            throw new CertificateException("it is that of " + name + ", not of " + expected.get());
        }
        if (!known.test(name, Identity.fingerprint(chain[0]))) {
            throw new CertificateException(name + " is no member any more, or has joined again since");
        }
    }

    @Override
    void server(X509Certificate[] chain) throws CertificateException {
        check(chain);
    }

    @Override
    void client(X509Certificate[] chain) throws CertificateException {
        check(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[]{authority};
    }
}
