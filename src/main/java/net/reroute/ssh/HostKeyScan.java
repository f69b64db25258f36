package net.reroute.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;

/**
 * The host keys that a machine shows, as ssh-keyscan(1) collects them. Nothing is trusted by that: an admin compares.
 *
 * @param host address
 * @param software what it says of itself before the first key (RFC 4253, section 4.2)
 */
public record HostKeyScan(String host, int port, String software, List<Shown> keys) {

    private static final int SSH = 22;
    /** One key of each kind, in the order in which ssh prefers them. */
    private static final List<String> KINDS = List.of("ed25519", "ecdsa", "rsa");

    /**
     * @param kind as ssh-keygen prints it, like ED25519
     * @param fingerprint SHA256:...
     * @param line for known_hosts, without the name
     */
    public record Shown(String kind, String fingerprint, String line) {

        private static Shown of(SshKey key) {
            return new Shown(key.kind(), key.fingerprint(),
                    key.type() + " " + Base64.getEncoder().encodeToString(key.blob()));
        }
    }

    /** What a known_hosts file says of the keys that a machine shows. */
    public enum Standing {
        KNOWN, UNKNOWN, CHANGED
    }

    /**
     * Asks a machine for its keys. {@code within} limits each connection.
     *
     * @throws IOException if it shows none
     */
    public static HostKeyScan of(String host, int port, Duration within) throws IOException {
        List<Shown> keys = new ArrayList<>();
        StringBuilder software = new StringBuilder();
        IOException failure = null;
        for (Iterator<String> kind = KINDS.iterator(); kind.hasNext() && failure == null;) {
            try {
                ask(host, port, kind.next(), within, keys, software);
            } catch (IOException e) {
                failure = e; // would be the same for every other kind
            }
        }
        if (keys.isEmpty()) {
            throw new IOException(host + " shows no SSH host key at port " + port + " ("
                    + (failure == null ? "no kind that is known here" : failure.getMessage()) + ")", failure);
        }
        return new HostKeyScan(host, port, software.toString(), List.copyOf(keys));
    }

    private static void ask(String host, int port, String kind, Duration within, List<Shown> keys,
            StringBuilder software) throws IOException {
        try (SSHClient client = new SSHClient(only(kind)); Deadline deadline = Deadline.closes(client, within)) {
            client.addHostKeyVerifier(new Taken(keys));
            client.setConnectTimeout((int) within.toMillis());
            client.setTimeout(deadline.leftMillis());
            int before = keys.size();
            try {
                client.connect(host, port);
            } catch (IOException | IllegalStateException e) {
                Exception cause = SshjConnection.death(client, e);
                boolean other = String.valueOf(cause.getMessage()).contains("Unable to reach a settlement");
                if (keys.size() == before && !other) {
                    throw cause instanceof IOException known ? known : new IOException(cause.getMessage(), cause);
                }
            }
            if (keys.size() > before && software.isEmpty()) {
                software.append(client.getTransport().getServerVersion());
            }
        }
    }

    private static Config only(String kind) {
        DefaultConfig config = new DefaultConfig();
        config.setKeyAlgorithms(SshjParts.DEFAULTS.getKeyAlgorithms().stream()
                .filter(a -> !a.getName().endsWith(SshKey.CERTIFICATE) && a.getName().contains(kind)).toList());
        return config;
    }

    /** Remembers the key, and goes no further. */
    private record Taken(List<Shown> keys) implements HostKeyVerifier {

        @Override
        public boolean verify(String host, int port, PublicKey key) {
            keys.add(Shown.of(SshKey.of(new Buffer.PlainBuffer().putPublicKey(key).getCompactData())));
            return false;
        }

        @Override
        public List<String> findExistingAlgorithms(String host, int port) {
            return List.of();
        }
    }

    /** The name in known_hosts: with the port if it is not SSH's. */
    public String name() {
        return port == SSH ? host : "[" + host + "]:" + port;
    }

    /** What the file says of these keys. A file that is not there says nothing. */
    public Standing standing(Path knownHosts) throws IOException {
        if (!Files.exists(knownHosts)) {
            return Standing.UNKNOWN;
        }
        List<KnownHosts.Entry> entries = KnownHosts.read(List.of(knownHosts)).of(name());
        if (entries.isEmpty()) {
            return Standing.UNKNOWN;
        }
        boolean known = entries.stream().map(e -> Shown.of(e.key())).anyMatch(keys::contains);
        return known ? Standing.KNOWN : Standing.CHANGED;
    }

    /** The line for known_hosts of one of the keys. */
    public String line(Shown key) {
        return name() + " " + key.line;
    }
}
