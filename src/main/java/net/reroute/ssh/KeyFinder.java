package net.reroute.ssh;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the host key or certificate in the bytes that a server sends before encryption begins. The server is not
 * verified yet, so the sizes are limited and each byte is examined once. Thread-safe.
 */
final class KeyFinder {

    /**
     * The messages that carry the host key: 31 (RFC 4253 section 8, RFC 5656 section 4), in a group exchange 33 (RFC
     * 4419 section 3).
     */
    private static final int KEX_REPLY = 31;
    private static final int GROUP_REPLY = 33;
    /** RFC 4253 section 6.1 requires support for packets of 35,000 bytes; no packet before the keys needs more. */
    private static final int LONGEST_PACKET = 1 << 16;
    private static final int MOST_PACKETS = 64;
    /** Limits for the lines that a server may send before its version (RFC 4253 section 4.2), as in OpenSSH. */
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

    /** The key; empty if it was not found yet. */
    synchronized Optional<SshKey> key() {
        return Optional.ofNullable(key);
    }

    /**
     * Takes the next bytes of the server.
     *
     * @throws IOException if the bytes are not those of an SSH server
     */
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
            over = size < 2 || size > LONGEST_PACKET; // the library reports what is wrong with it
        }
        if (over || length < 4 + size) {
            return;
        }
        int kind = part[5];
        if (kind == KEX_REPLY || kind == GROUP_REPLY) {
            SshStrings packet = new SshStrings(Arrays.copyOf(part, length));
            packet.skip(6); // packet length, padding length, message number
            key = key(packet);
            over = key != null;
        }
        if (!over && ++packets > MOST_PACKETS) {
            throw new IOException("it sends packets and shows no key; that is no SSH server");
        }
        length = 0;
    }

    /** Null if the packet has no key: in a group exchange message 31 carries the group. */
    private static SshKey key(SshStrings packet) {
        try {
            return SshKey.of(packet.bytes());
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return null;
        }
    }
}
