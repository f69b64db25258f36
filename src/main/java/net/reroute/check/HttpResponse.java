package net.reroute.check;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An HTTP/1.1 response, read no further than needed. */
final class HttpResponse {

    private static final int MOST_TEXT = 64 << 10;
    private static final Pattern CHARSET = Pattern.compile("(?i).*;\\s*charset=\"?([A-Za-z0-9._:-]+)\"?.*");

    private final InputStream in;
    private final HttpHead head;

    private HttpResponse(InputStream in, HttpHead head) {
        this.in = in;
        this.head = head;
    }

    static HttpResponse readHead(InputStream raw) throws IOException {
        InputStream in = new BufferedInputStream(raw, 4096);
        return new HttpResponse(in, HttpHead.read(in));
    }

    int status() {
        return head.status();
    }

    /**
     * Searches at most 64 KB of the body's text. Stops reading once the text is found.
     *
     * @throws java.io.EOFException if the body is cut off before the text is found
     * @throws Search.TooLongException if the search takes too many steps
     */
    boolean bodyHas(Pattern wanted) throws IOException {
        Search search = new Search(wanted);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        Charset charset = charset();
        try (InputStream body = HttpCodings.unpacked(head, HttpBody.of(head, in))) {
            int n = 0;
            while (n >= 0 && text.size() < MOST_TEXT) {
                n = body.read(part, 0, Math.min(part.length, MOST_TEXT - text.size()));
                text.write(part, 0, Math.max(0, n));
                boolean waits = n < 0 || text.size() == MOST_TEXT || search.mayBeEarly() && in.available() == 0;
                if (waits && search.isIn(text, charset)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            if (search.isIn(text, charset)) {
                return true; // an error after the wanted text does not matter
            }
            throw e;
        }
    }

    /**
     * The body's text, its first 64 KB at most.
     *
     * @throws java.io.EOFException if the body is cut off
     */
    String text() throws IOException {
        try (InputStream body = HttpCodings.unpacked(head, HttpBody.of(head, in))) {
            return new String(body.readNBytes(MOST_TEXT), charset());
        }
    }

    private Charset charset() {
        Matcher match = CHARSET.matcher(head.fields().getOrDefault("content-type", ""));
        try {
            return match.matches() ? Charset.forName(match.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8; // unknown charset name; ASCII text is found all the same
        }
    }
}
