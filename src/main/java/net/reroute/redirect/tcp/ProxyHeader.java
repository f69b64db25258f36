package net.reroute.redirect.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.reroute.core.Address;

/**
 * The header of the PROXY protocol (haproxy.org, proxy-protocol.txt, versions 1 and 2).
 *
 * @param length of the header in bytes; 0 if more bytes are needed
 * @param source the client's address; null if the header does not tell one
 */
record ProxyHeader(int length, InetSocketAddress source) {

    static final ProxyHeader INCOMPLETE = new ProxyHeader(0, null);

    private static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};
    static final String SIGNATURE_TEXT = new String(SIGNATURE, StandardCharsets.ISO_8859_1);
    private static final int LONGEST_V1 = 107;
    private static final int HEAD_V2 = 16;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;

    /** These bytes are no header. */
    static final class BadHeaderException extends IOException {

        private static final long serialVersionUID = 1;

        BadHeaderException(String why) {
            super(why);
        }
    }

    /** Reads the header at the beginning of these bytes, and consumes nothing. */
    static ProxyHeader read(ByteBuffer bytes) throws BadHeaderException {
        byte[] there = new byte[bytes.remaining()];
        bytes.duplicate().get(there);
        int same = Math.min(there.length, SIGNATURE.length);
        if (Arrays.equals(there, 0, same, SIGNATURE, 0, same)) {
            return same < SIGNATURE.length ? INCOMPLETE : second(there);
        }
        return first(there);
    }

    private static ProxyHeader first(byte[] there) throws BadHeaderException {
        String text = new String(there, 0, Math.min(there.length, LONGEST_V1), StandardCharsets.US_ASCII);
        int end = text.indexOf("\r\n");
        if (!text.startsWith("PROXY ".substring(0, Math.min(6, text.length())))
                || end < 0 && there.length >= LONGEST_V1) {
            throw new BadHeaderException("no PROXY header");
        }
        if (end < 0) {
            return INCOMPLETE;
        }
        String[] words = text.substring(0, end).split(" ");
        if (words.length > 1 && words[1].equals("UNKNOWN")) {
            return new ProxyHeader(end + 2, null);
        }
        if (words.length != 6 || !words[1].matches("TCP[46]") || !words[4].matches("\\d{1,5}")
                || Integer.parseInt(words[4]) > 65_535) {
            throw new BadHeaderException("a PROXY header that is not understood");
        }
        InetAddress source = Address.tryParse(words[2]).map(Address::inet)
                .orElseThrow(() -> new BadHeaderException("a PROXY header without an address"));
        return new ProxyHeader(end + 2, new InetSocketAddress(source, Integer.parseInt(words[4])));
    }

    private static ProxyHeader second(byte[] there) throws BadHeaderException {
        if (there.length < HEAD_V2) {
            return INCOMPLETE;
        }
        ByteBuffer header = ByteBuffer.wrap(there);
        int command = header.get(12);
        int family = header.get(13);
        int length = header.getShort(14) & 0xffff;
        if (command != 0x21 && command != 0x20) {
            throw new BadHeaderException("a PROXY header of another version");
        }
        if (there.length < HEAD_V2 + length) {
            return INCOMPLETE;
        }
        int wide = family == TCP6 ? 16 : 4;
        boolean told = command == 0x21 && (family == TCP4 || family == TCP6) && length >= 2 * wide + 4;
        return new ProxyHeader(HEAD_V2 + length, told ? source(header, wide) : null);
    }

    private static InetSocketAddress source(ByteBuffer header, int wide) {
        byte[] address = new byte[wide];
        header.get(HEAD_V2, address);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address),
                    header.getShort(HEAD_V2 + 2 * wide) & 0xffff);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // the length is right
        }
    }

    /**
     * The header for a backend.
     *
     * @param version 1 or 2
     * @param source the client's address
     * @param target the address that the client connected to
     */
    static ByteBuffer write(int version, InetSocketAddress source, InetSocketAddress target) {
        boolean same = source.getAddress().getAddress().length == target.getAddress().getAddress().length;
        return version == 1 ? writeFirst(source, target, same) : writeSecond(source, target, same);
    }

    private static ByteBuffer writeFirst(InetSocketAddress source, InetSocketAddress target, boolean same) {
        String family = source.getAddress().getAddress().length == 4 ? "TCP4" : "TCP6";
        String text = !same
                ? "PROXY UNKNOWN\r\n"
                : "PROXY " + family + " " + Address.of(source.getAddress()) + " " + Address.of(target.getAddress())
                        + " "
                        + source.getPort() + " " + target.getPort() + "\r\n";
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static ByteBuffer writeSecond(InetSocketAddress source, InetSocketAddress target, boolean same) {
        byte[] from = source.getAddress().getAddress();
        ByteBuffer header = ByteBuffer.allocate(HEAD_V2 + (same ? 2 * from.length + 4 : 0));
        header.put(SIGNATURE).put((byte) 0x21);
        int family = from.length == 4 ? TCP4 : TCP6;
        header.put((byte) (same ? family : 0)).putShort((short) (header.capacity() - HEAD_V2));
        if (same) {
            header.put(from).put(target.getAddress().getAddress()).putShort((short) source.getPort())
                    .putShort((short) target.getPort());
        }
        return header.flip();
    }
}
