package net.reroute.ssh;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads and writes the strings of RFC 4251 section 5: four bytes of length, then the bytes. Reads throw
 * {@link BufferUnderflowException} if the data is cut off. Not thread-safe.
 */
final class SshStrings {

    private final ByteBuffer bytes;

    SshStrings(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /** @throws BufferUnderflowException if the data is cut off or not a string */
    byte[] bytes() {
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] found = new byte[length];
        bytes.get(found);
        return found;
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    int number() {
        return bytes.getInt();
    }

    long large() {
        return bytes.getLong();
    }

    int position() {
        return bytes.position();
    }

    void skip(int count) {
        bytes.position(bytes.position() + count);
    }

    /** The remaining strings. */
    List<String> texts() {
        List<String> all = new ArrayList<>();
        while (bytes.hasRemaining()) {
            all.add(text());
        }
        return all;
    }

    static byte[] strings(byte[]... strings) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] string : strings) {
            out.writeBytes(ByteBuffer.allocate(4).putInt(string.length).array());
            out.writeBytes(string);
        }
        return out.toByteArray();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
