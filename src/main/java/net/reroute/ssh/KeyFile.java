package net.reroute.ssh;

import java.nio.BufferUnderflowException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;

/** The public part of an OpenSSH private key file (PROTOCOL.key). */
final class KeyFile {

    private static final byte[] MAGIC = SshStrings.ascii("openssh-key-v1\0");

    private KeyFile() {}

    /** @throws SshException refused, if the key has a passphrase or needs a touch on a token */
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
        strings.bytes(); // how the passphrase is hashed
        strings.bytes(); // and with what salt
        strings.number(); // keys
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
