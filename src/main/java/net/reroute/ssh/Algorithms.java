package net.reroute.ssh;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Names of key algorithms, and lists of them in an OpenSSH configuration. */
final class Algorithms {

    /**
     * Signature algorithms of host and user keys, without certificates. Also the default for what an authority may sign
     * with.
     */
    static final List<String> PLAIN = List.of("ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521", "rsa-sha2-512", "rsa-sha2-256");
    /** The default, certificates first as in ssh. */
    static final List<String> MODERN = Stream.concat(PLAIN.stream().map(a -> a + SshKey.CERTIFICATE), PLAIN.stream())
            .toList();
    /** The algorithms that a configuration may name. */
    static final List<String> KNOWN = Stream.concat(MODERN.stream(), Stream.of("ssh-rsa")).toList();

    /**
     * Key exchanges, ciphers and message authentication codes, in the order offered. sshj always uses these; jsch lets
     * the configuration change them.
     */
    static final List<String> KEX = List.of(HybridExchange.NAME, "curve25519-sha256",
            "curve25519-sha256@libssh.org",
            "ecdh-sha2-nistp256", "ecdh-sha2-nistp384", "ecdh-sha2-nistp521", "diffie-hellman-group16-sha512",
            "diffie-hellman-group14-sha256", "diffie-hellman-group-exchange-sha256");
    static final List<String> CIPHERS = List.of("aes128-gcm@openssh.com", "aes256-gcm@openssh.com",
            "chacha20-poly1305@openssh.com", "aes128-ctr", "aes192-ctr", "aes256-ctr");
    static final List<String> MACS = List.of("hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com",
            "hmac-sha2-256", "hmac-sha2-512");

    private Algorithms() {}

    /** The algorithm of the key in a certificate. */
    static String plain(String algorithm) {
        return algorithm.endsWith(SshKey.CERTIFICATE)
                ? algorithm.substring(0, algorithm.length() - SshKey.CERTIFICATE.length())
                : algorithm;
    }

    /** The key type for this algorithm, such as {@code ssh-rsa} for {@code rsa-sha2-256}. */
    static String keyType(String algorithm) {
        return plain(algorithm).startsWith("rsa-sha2-") ? "ssh-rsa" : plain(algorithm);
    }

    /** The algorithms of a list that this key can sign with, in the list's order. */
    static List<String> of(SshKey key, List<String> algorithms) {
        return algorithms.stream().filter(a -> a.endsWith(SshKey.CERTIFICATE) == key.isCertificate()
                && keyType(a).equals(key.plainType())).toList();
    }

    /**
     * Reads a list as in ssh_config(5): names replace the defaults, or change them with {@code +}, {@code -} or
     * {@code ^}.
     *
     * @param known true for a supported name; other names are ignored
     */
    static List<String> list(String text, List<String> defaults, Predicate<String> known) {
        char how = text.isEmpty() ? ' ' : text.charAt(0);
        String names = "+-^".indexOf(how) >= 0 ? text.substring(1) : text;
        Set<String> all = new LinkedHashSet<>();
        if (how == '-') {
            return defaults.stream().filter(d -> !Patterns.inList(d, names)).toList();
        }
        if (how == '+') {
            all.addAll(defaults);
        }
        all.addAll(expanded(names, defaults, known));
        if (how == '^') {
            all.addAll(defaults);
        }
        return List.copyOf(all);
    }

    private static List<String> expanded(String names, List<String> defaults, Predicate<String> known) {
        List<String> all = new ArrayList<>();
        for (String name : names.split(",")) {
            if (name.matches(".*[*?].*")) {
                defaults.stream().filter(d -> Patterns.matches(d, name)).forEach(all::add);
            } else if (known.test(name)) {
                all.add(name);
            }
        }
        return all;
    }
}
