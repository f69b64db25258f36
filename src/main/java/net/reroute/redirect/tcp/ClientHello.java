package net.reroute.redirect.tcp;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Reads the server name (SNI, RFC 6066) from the beginning of a TLS handshake (RFC 8446, 4.1.2). */
final class ClientHello {

    /** More bytes are not waited for: a ClientHello is a few hundred bytes, with post-quantum keys some 2 kB. */
    static final int MOST = 16 << 10;

    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;

    private ClientHello() {}

    /** The name; empty text if there is none, or this is no TLS; empty if more bytes are needed. Consumes nothing. */
    static Optional<String> name(ByteBuffer bytes) {
        ByteBuffer all = bytes.duplicate();
        if (all.hasRemaining() && all.get(all.position()) != HANDSHAKE) {
            return Optional.of("");
        }
        try {
            return Optional.of(inHello(hello(all)));
        } catch (BufferUnderflowException e) {
            return bytes.remaining() < MOST ? Optional.empty() : Optional.of("");
        } catch (IllegalArgumentException e) {
            return Optional.of(""); // lengths that do not fit: no name is known
        }
    }

    /** The body of the handshake message, which may be spread over several records. */
    private static ByteBuffer hello(ByteBuffer records) {
        ByteBuffer message = ByteBuffer.allocate(MOST);
        while (message.position() < 4 || message.position() < 4 + length24(message)) {
            if (records.get() != HANDSHAKE) {
                throw new IllegalArgumentException("another record");
            }
            records.getShort();
            int length = records.getShort() & 0xffff;
            if (length > message.remaining()) {
                throw new IllegalArgumentException("too long");
            }
            for (int i = 0; i < length; i++) {
                message.put(records.get());
            }
        }
        message.flip();
        if (message.getInt() >>> 24 != CLIENT_HELLO) {
            throw new IllegalArgumentException("another message");
        }
        return message;
    }

    private static int length24(ByteBuffer message) {
        return message.getInt(0) & 0xffffff;
    }

    private static String inHello(ByteBuffer hello) {
        skip(hello, 2 + 32);
        skip(hello, hello.get() & 0xff);
        skip(hello, hello.getShort() & 0xffff);
        skip(hello, hello.get() & 0xff);
        if (hello.remaining() < 2) {
            return "";
        }
        hello.getShort();
        while (hello.remaining() >= 4) {
            int type = hello.getShort();
            int length = hello.getShort() & 0xffff;
            if (type == 0) {
                return serverName(hello);
            }
            skip(hello, length);
        }
        return "";
    }

    private static String serverName(ByteBuffer extension) {
        extension.getShort();
        if (extension.get() != 0) {
            return "";
        }
        byte[] name = new byte[extension.getShort() & 0xffff];
        extension.get(name);
        return new String(name, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
    }

    private static void skip(ByteBuffer bytes, int count) {
        bytes.position(bytes.position() + count);
    }
}
