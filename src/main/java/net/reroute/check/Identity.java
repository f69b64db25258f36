package net.reroute.check;

import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import net.reroute.core.Address;
import net.reroute.core.HostHeader;

/**
 * Compares a certificate's names with the host (RFC 9525). The common name counts only if there are no alternative
 * names. The JDK's own check refuses names with '_', and compares the SNI name instead of the requested host.
 */
final class Identity {

    private static final int DNS = 2;
    private static final int IP = 7;
    private static final int SHOWN = 3;

    private Identity() {}

    /** @throws CertificateException if the certificate is for other names; the message lists some of them */
    static void check(X509Certificate certificate, HostHeader expected) throws CertificateException {
        boolean address = expected.isAddress();
        List<String> names = names(certificate, address ? IP : DNS);
        if (names.isEmpty() && !address) {
            names = commonName(certificate).stream().toList();
        }
        if (names.stream().noneMatch(n -> address ? isAddress(n, expected.host()) : matches(n, expected.name()))) {
            throw new CertificateException("its certificate is not for " + expected.name() + others(certificate));
        }
    }

    private static boolean isAddress(String name, String expected) {
        try {
            return Address.parse(name).equals(Address.parse(expected));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A '*' matches exactly the whole first label (RFC 9525 section 6.3). */
    private static boolean matches(String name, String expected) {
        String lower = name.toLowerCase(Locale.ROOT);
        String wanted = expected.toLowerCase(Locale.ROOT);
        int dot = wanted.indexOf('.');
        return lower.equals(wanted)
                || lower.startsWith("*.") && lower.indexOf('.', 2) > 0 && dot > 0
                        && lower.substring(1).equals(wanted.substring(dot));
    }

    private static String others(X509Certificate certificate) throws CertificateParsingException {
        List<String> all = new java.util.ArrayList<>(names(certificate, DNS));
        all.addAll(names(certificate, IP));
        if (all.isEmpty()) {
            all.addAll(commonName(certificate).stream().toList());
        }
        if (all.isEmpty()) {
            return "";
        }
        return ", but for " + String.join(", ", all.subList(0, Math.min(SHOWN, all.size())))
                + (all.size() > SHOWN ? " and " + (all.size() - SHOWN) + " more" : "");
    }

    private static List<String> names(X509Certificate certificate, int kind) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names == null
                ? List.of()
                : names.stream().filter(n -> n.getFirst().equals(kind)).map(n -> String.valueOf(n.get(1))).toList();
    }

    private static Optional<String> commonName(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName()).getRdns().reversed().stream()
                    .filter(r -> r.getType().equalsIgnoreCase("CN")).map(Rdn::getValue).map(String::valueOf)
                    .findFirst();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }
}
