package net.reroute.check;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.reroute.core.Text;

/**
 * Status and header fields of the final response (RFC 9112 sections 4 and 5).
 *
 * @param status three digits
 * @param fields by name in lower case; repeated fields are joined by commas (RFC 9110 section 5.3)
 */
record HttpHead(int status, Map<String, String> fields) {

    private static final int MOST = 32 << 10;
    private static final int MOST_INTERIM = 8;
    /** Added to the length of each line, so at most 512 lines are read. */
    private static final int EACH_LINE = 64;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int SHOWN = 40;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");

    /** Skips interim responses (RFC 9110 section 15.2). 101 is final, since no upgrade was requested. */
    static HttpHead read(InputStream in) throws IOException {
        for (int i = 0; i <= MOST_INTERIM; i++) {
            HttpHead head = one(in);
            if (head.status >= 200 || head.status == SWITCHING_PROTOCOLS) {
                return head;
            }
        }
        throw new IOException("only interim answers (1xx), more than " + MOST_INTERIM + " of them");
    }

    private static HttpHead one(InputStream in) throws IOException {
        String first = line(in, MOST);
        Matcher match = STATUS.matcher(first);
        if (!match.matches()) {
            String said = Text.one(first);
            throw new IOException("no HTTP: '" + said.substring(0, Math.min(SHOWN, said.length())) + "'");
        }
        Map<String, String> fields = new HashMap<>();
        int budget = MOST;
        String name = "";
        for (String line = line(in, budget); !line.isEmpty(); line = line(in, budget)) {
            budget -= line.length() + EACH_LINE;
            boolean folded = line.startsWith(" ") || line.startsWith("\t"); // obsolete folding, RFC 9112 section 5.2
            if (!folded) {
                name = line.split(":", 2)[0].strip().toLowerCase(Locale.ROOT);
            }
            String value = folded ? line : line.substring(Math.min(line.length(), line.indexOf(':') + 1));
            fields.merge(name, value.strip(), (a, b) -> a + (folded ? " " : ", ") + b);
        }
        return new HttpHead(Integer.parseInt(match.group(1)), fields);
    }

    /** The words of a list field, in lower case; empty if the field is absent. */
    List<String> words(String field) {
        return Stream.of(fields.getOrDefault(field, "").split(",")).map(w -> w.strip().toLowerCase(Locale.ROOT))
                .filter(w -> !w.isEmpty()).toList();
    }

    /**
     * The value of Content-Length in bytes; empty if it is absent. Equal values count as one (RFC 9112 section 6.3).
     *
     * @throws IOException if the values differ or are not numbers
     */
    Optional<Long> length() throws IOException {
        List<String> lengths = words("content-length").stream().distinct().toList();
        if (lengths.isEmpty()) {
            return Optional.empty();
        }
        if (lengths.size() > 1 || !lengths.getFirst().matches("\\d{1,18}")) {
            throw new IOException("its Content-Length makes no sense: '"
                    + Text.one(String.join(", ", lengths)) + "'");
        }
        return Optional.of(Long.parseLong(lengths.getFirst()));
    }

    /** Reads a line, without its end. A bare LF also ends a line (RFC 9112 section 2.2). */
    static String line(InputStream in, int most) throws IOException {
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
