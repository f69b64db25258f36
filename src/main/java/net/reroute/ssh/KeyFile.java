package net.reroute.ssh;

import java.nio.BufferUnderflowException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;

/** Reads the unencrypted header of an OpenSSH private key file (PROTOCOL.key). */
final class KeyFile {

    private static final byte[] MAGIC = SshStrings.ascii("openssh-key-v1\0");

    private KeyFile() {}

    /**
     * Does nothing for other key formats.
     *
     * @throws SshException refused, if the key has a passphrase, needs a security token, or is damaged
     */
    static void refuseUnusable(Path file, String text) throws SshException {
        if (!text.contains("BEGIN OPENSSH PRIVATE KEY")) {
            return;
        }
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
            if (Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))) {
                refuseUnusable(file, new SshStrings(Arrays.copyOfRange(bytes, MAGIC.length, bytes.length)));
            }
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw SshException.refused("the key " + file + " is cut off or damaged; copy it here once more", e);
        }
    }

    private static void refuseUnusable(Path file, SshStrings strings) throws SshException {
        String cipher = strings.text();
        strings.bytes(); // KDF name
        strings.bytes(); // KDF options
        strings.number(); // number of keys
        String type = new SshStrings(strings.bytes()).text();
        if (type.startsWith("sk-")) {
            throw SshException.refused("the key " + file + " is on a security token (" + type + "), which wants a"
                    + " finger for every login; use a key without one", null);
        }
        if (!cipher.equals("none")) {
            throw Secrets.locked(file, null);
        }
    }
}
