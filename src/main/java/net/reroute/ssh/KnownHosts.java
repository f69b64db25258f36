package net.reroute.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The entries of known_hosts files (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). As in ssh, invalid lines are skipped. */
final class KnownHosts {

    enum Marker {
        NONE, AUTHORITY, REVOKED
    }

    /** @param names comma-separated patterns, or one hashed name */
    record Entry(Marker marker, String names, SshKey key, Path file, int line) {

        /** @param name in lower case */
        boolean isFor(String name) {
            return names.startsWith("|")
                    ? hashedTo(name)
                    : Patterns.inList(name, names.toLowerCase(Locale.ROOT));
        }

        /** {@code |1|salt|HMAC-SHA1 of the name}. */
        private boolean hashedTo(String name) {
            String[] parts = names.split("\\|", -1);
            if (parts.length != 4 || !parts[1].equals("1")) {
                return false;
            }
            try {
                Mac mac = Mac.getInstance("HmacSHA1");
                mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[2]), "HmacSHA1"));
                return MessageDigest.isEqual(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)),
                        Base64.getDecoder().decode(parts[3]));
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                return false;
            }
        }

        String place() {
            return file + " line " + line;
        }
    }

    private final List<Entry> entries;

    private KnownHosts(List<Entry> entries) {
        this.entries = entries;
    }

    /** @throws IOException if one of the files cannot be read */
    static KnownHosts read(List<Path> files) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path file : files) {
            Optional<String> objection = Permissions.writable(file);
            if (objection.isPresent()) {
                throw SshException.refused("the known-hosts file " + file + " " + objection.get(), null);
            }
            String[] lines = Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1);
            for (int i = 0; i < lines.length; i++) {
                entry(lines[i].strip(), file, i + 1).ifPresent(entries::add);
            }
        }
        return new KnownHosts(List.copyOf(entries));
    }

    private static Optional<Entry> entry(String text, Path file, int line) {
        if (text.isEmpty() || text.startsWith("#")) {
            return Optional.empty();
        }
        boolean marked = text.startsWith("@");
        String[] words = text.split("[ \t]+", marked ? 3 : 2);
        Optional<Marker> marker = marked ? marker(words[0]) : Optional.of(Marker.NONE);
        Optional<SshKey> key = SshKey.line(words[words.length - 1]);
        if (words.length != (marked ? 3 : 2) || marker.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Entry(marker.get(), words[words.length - 2], key.get(), file, line));
    }

    private static Optional<Marker> marker(String text) {
        return switch (text) {
            case "@cert-authority" -> Optional.of(Marker.AUTHORITY);
            case "@revoked" -> Optional.of(Marker.REVOKED);
            default -> Optional.empty();
        };
    }

    /**
     * The entries for a host.
     *
     * @param name in lower case; if the port is not 22, {@code [name]:port}
     */
    List<Entry> of(String name) {
        return entries.stream().filter(e -> e.isFor(name)).toList();
    }
}
