package net.reroute.check;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a message body, without its framing (RFC 9112 sections 6 and 7). Throws {@link EOFException} if the
 * connection ends before the body does.
 */
final class HttpBody extends InputStream {

    /** Limit in bytes for the body as sent. More than 64 KB of text need, however badly compressed. */
    private static final int MOST_BYTES = 512 << 10;
    private static final int MOST_SIZE_LINE = 1024;

    private final InputStream in;
    private final boolean chunked;
    private final boolean endsWithConnection;
    private long left;
    private long read; // also counts the size lines of chunks
    private boolean ended;

    private HttpBody(InputStream in, boolean chunked, boolean endsWithConnection, long left) {
        this.in = in;
        this.chunked = chunked;
        this.endsWithConnection = endsWithConnection;
        this.left = left;
    }

    static HttpBody of(HttpHead head, InputStream in) throws IOException {
        if (head.status() < 200 || head.status() == 204 || head.status() == 304) {
            return new HttpBody(in, false, false, 0);
        }
        var codings = head.words("transfer-encoding");
        if (!codings.isEmpty()) {
            boolean chunked = codings.getLast().equals("chunked");
            return new HttpBody(in, chunked, !chunked, chunked ? 0 : Long.MAX_VALUE);
        }
        var length = head.length();
        return new HttpBody(in, false, length.isEmpty(), length.orElse(Long.MAX_VALUE));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        if (most == 0) {
            return 0;
        }
        if (ended || left == 0 && !(chunked && nextChunk())) {
            ended = true;
            return -1;
        }
        if (read > MOST_BYTES) {
            throw new IOException("its body has too little text for its size");
        }
        int n = in.read(into, from, (int) Math.min(left, most));
        if (n < 0) {
            return ended();
        }
        read += n;
        left -= n;
        return n;
    }

    private void endOfChunk() throws IOException {
        int c = in.read();
        c = c == '\r' ? in.read() : c;
        if (c < 0) {
            throw new EOFException();
        }
        if (c != '\n') {
            throw new IOException("a broken chunk");
        }
    }

    private int ended() throws EOFException {
        if (!endsWithConnection) {
            throw new EOFException();
        }
        ended = true;
        return -1;
    }

    /** Reads the next chunk's size. False at the last chunk; trailers are not read, since the connection ends. */
    private boolean nextChunk() throws IOException {
        if (read > 0) {
            endOfChunk(); // not earlier: if the line never comes, the bytes before it must not be lost
        }
        String size = HttpHead.line(in, MOST_SIZE_LINE).split(";", 2)[0].strip();
        if (!size.matches("[0-9A-Fa-f]{1,15}")) {
            throw new IOException("a broken chunk");
        }
        read += size.length(); // limits the overhead of tiny chunks
        left = Long.parseLong(size, 16);
        return left > 0;
    }
}
