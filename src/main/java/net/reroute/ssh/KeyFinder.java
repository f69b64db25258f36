package net.reroute.ssh;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the key or certificate in the bytes that a server sends before encryption begins. Each byte is examined once:
 * the sender is not verified yet.
 */
final class KeyFinder {

    /** RFC 4253, 8; RFC 5656, 4: the answer with the host key. RFC 4419, 3: the same, of a group exchange. */
    private static final int KEX_REPLY = 31;
    private static final int GROUP_REPLY = 33;
    /** RFC 4253 section 6.1 requires 35,000 bytes for a packet; no packet before the keys needs more. */
    private static final int LONGEST_PACKET = 1 << 16;
    private static final int MOST_PACKETS = 64;
    /** Lines that a server may send before its version (RFC 4253, 4.2), as OpenSSH takes them. */
    private static final int LONGEST_LINE = 8192;
    private static final int MOST_LINES = 1024;

    private byte[] part = new byte[1024];
    private int length;
    private int size;
    private int lines;
    private int packets;
    private boolean spoken;
    private boolean over;
    private SshKey key;

    /** The key that was found, if any yet. */
    synchronized Optional<SshKey> key() {
        return Optional.ofNullable(key);
    }

    /** @throws IOException if this is no SSH server */
    synchronized void take(byte[] bytes, int from, int count) throws IOException {
        for (int i = from; i < from + count && !over; i++) {
            take(bytes[i]);
        }
    }

    private void take(byte next) throws IOException {
        if (length == part.length) {
            part = Arrays.copyOf(part, length * 2);
        }
        part[length++] = next;
        if (spoken) {
            packet();
        } else if (next == '\n') {
            line();
        } else if (length > LONGEST_LINE) {
            throw new IOException("its greeting has a line without end; that is no SSH server");
        }
    }

    private void line() throws IOException {
        spoken = new String(part, 0, Math.min(4, length), StandardCharsets.US_ASCII).equals("SSH-");
        if (!spoken && ++lines > MOST_LINES) {
            throw new IOException("its greeting does not end; that is no SSH server");
        }
        length = 0;
    }

    private void packet() throws IOException {
        if (length < 4) {
            return;
        }
        if (length == 4) {
            size = new SshStrings(Arrays.copyOf(part, 4)).number();
            over = size < 2 || size > LONGEST_PACKET; // the libraries say what is wrong with it
        }
        if (over || length < 4 + size) {
            return;
        }
        int kind = part[5];
        if (kind == KEX_REPLY || kind == GROUP_REPLY) {
            SshStrings packet = new SshStrings(Arrays.copyOf(part, length));
            packet.skip(6); // length, padding length, kind
            key = key(packet);
            over = key != null;
        }
        if (!over && ++packets > MOST_PACKETS) {
            throw new IOException("it sends packets and shows no key; that is no SSH server");
        }
        length = 0;
    }

    /** In a group exchange 31 is the group, which is no key. */
    private static SshKey key(SshStrings packet) {
        try {
            return SshKey.of(packet.bytes());
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return null;
        }
    }
}
