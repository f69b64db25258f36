package net.reroute.cluster.link;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** Trusts a member whose certificate the authority with this fingerprint signed, and shows with it. */
public final class PinnedTrust extends ChainTrust {

    private final String print;

    public PinnedTrust(String print) {
        this.print = print;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        try {
            if (chain.length < 2 || !Identity.fingerprint(chain[1]).equals(print)) {
                throw new CertificateException("it is not the controller that the token is from");
            }
            chain[0].verify(chain[1].getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e.getMessage(), e);
        }
    }

    @Override
    void server(X509Certificate[] chain) throws CertificateException {
        check(chain);
    }

    @Override
    void client(X509Certificate[] chain) throws CertificateException {
        throw new CertificateException("nobody is served with this");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
