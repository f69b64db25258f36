package net.reroute.check;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An HTTP/1.1 response, read no further than needed. */
final class HttpResponse {

    private static final int MOST_HEAD = 32 << 10;
    private static final int MOST_BODY = 64 << 10;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");

    private final InputStream in;
    private final int status;
    private final boolean chunked;
    private long left;

    private HttpResponse(InputStream in, int status, boolean chunked, long length) {
        this.in = in;
        this.status = status;
        this.chunked = chunked;
        this.left = length;
    }

    static HttpResponse readHead(InputStream raw) throws IOException {
        InputStream in = new BufferedInputStream(raw, 4096);
        String first = line(in, MOST_HEAD);
        Matcher match = STATUS.matcher(first);
        if (!match.matches()) {
            throw new IOException("no HTTP: '" + first.substring(0, Math.min(40, first.length())) + "'");
        }
        int status = Integer.parseInt(match.group(1));
        boolean chunked = false;
        long length = Long.MAX_VALUE;
        int budget = MOST_HEAD;
        for (String header = line(in, budget); !header.isEmpty(); header = line(in, budget)) {
            budget -= header.length() + 2;
            String lower = header.toLowerCase(Locale.ROOT);
            chunked |= lower.matches("transfer-encoding:.*chunked\\s*");
            if (lower.matches("content-length:\\s*\\d{1,18}\\s*")) {
                length = Long.parseLong(lower.substring(lower.indexOf(':') + 1).strip());
            }
        }
        return status == 100 || status == 103 ? readHead(in) : new HttpResponse(in, status, chunked, length);
    }

    int status() {
        return status;
    }

    /** Reads the body, 64 KB at most, until the text is found. */
    boolean bodyHas(Pattern wanted) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] chunk = new byte[8192];
        left = chunked ? 0 : left;
        while (body.size() < MOST_BODY) {
            int n = read(chunk, MOST_BODY - body.size());
            if (n < 0) {
                break;
            }
            body.write(chunk, 0, n);
            if (wanted.matcher(body.toString(StandardCharsets.UTF_8)).find()) {
                return true;
            }
        }
        return false;
    }

    private int read(byte[] into, int most) throws IOException {
        if (chunked && left == 0 && !nextChunk() || left <= 0) {
            return -1;
        }
        int n = in.read(into, 0, (int) Math.min(left, Math.min(most, into.length)));
        left -= Math.max(0, n);
        if (chunked && left == 0 && n > 0) {
            line(in, 2); // the end of line behind each chunk
        }
        return n;
    }

    private boolean nextChunk() throws IOException {
        String size = line(in, 1024).split(";", 2)[0].strip();
        if (!size.matches("[0-9A-Fa-f]{1,8}")) {
            throw new IOException("a broken chunk");
        }
        left = Long.parseLong(size, 16);
        return left > 0;
    }

    private static String line(InputStream in, int most) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            if (line.length() > most) {
                throw new IOException("headers without end");
            }
            line.append((char) c);
        }
        return line.isEmpty() || line.charAt(line.length() - 1) != '\r'
                ? line.toString()
                : line.substring(0, line.length() - 1);
    }
}
