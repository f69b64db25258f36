package net.reroute.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import net.reroute.core.Text;

/**
 * Decompresses a body (RFC 9110 section 8.4.1). A check asks for no compression, but some servers and caches compress
 * anyway.
 */
final class HttpCodings {

    private static final int MOST = 3;
    private static final int LONGEST = 20;

    private HttpCodings() {}

    /** @throws IOException if a coding is not supported (the message names it), or there are too many */
    static InputStream unpacked(HttpHead head, InputStream body) throws IOException {
        List<String> codings = Stream.concat(head.words("content-encoding").stream(),
                head.words("transfer-encoding").stream().filter(c -> !c.equals("chunked"))).toList();
        if (codings.size() > MOST) {
            throw new IOException("its body is compressed " + codings.size() + " times over");
        }
        InputStream plain = body;
        for (String coding : codings.reversed()) {
            plain = unpacked(coding, plain);
        }
        return plain;
    }

    private static InputStream unpacked(String coding, InputStream packed) throws IOException {
        return switch (coding) {
            case "gzip", "x-gzip" -> new GZIPInputStream(packed);
            case "deflate" -> inflated(packed);
            case "identity" -> packed;
            default -> throw new IOException("its body is compressed with "
                    + Text.one(coding.substring(0, Math.min(LONGEST, coding.length())))
                    + ", which a check cannot search");
        };
    }

    /** "deflate" means the zlib format (RFC 1950), but some servers send the raw format inside it (RFC 1951). */
    private static InputStream inflated(InputStream packed) throws IOException {
        PushbackInputStream in = new PushbackInputStream(packed, 2);
        byte[] begin = in.readNBytes(2);
        in.unread(begin);
        boolean zlib = begin.length == 2 && (begin[0] & 15) == 8
                && ((begin[0] & 255) << 8 | begin[1] & 255) % 31 == 0;
        Inflater inflater = new Inflater(!zlib);
        return new InflaterInputStream(in, inflater) {
            @Override
            public void close() throws IOException {
                super.close();
                inflater.end();
            }
        };
    }
}
