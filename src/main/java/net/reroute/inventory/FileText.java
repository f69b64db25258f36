package net.reroute.inventory;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.yaml.snakeyaml.reader.StreamReader;

/** A file's bytes as text: UTF-8, or UTF-16 with a byte order mark. */
final class FileText {

    private static final int MARK = 0xfeff;

    private FileText() {}

    /** Empty if the bytes are no text, which is reported. */
    static Optional<String> of(byte[] bytes, String shown, ProblemList problems) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CharsetDecoder decoder = charset(bytes).newDecoder(); // reports what it cannot read
        if (decoder.decode(in, out, true).isError()) {
            String before = new String(bytes, 0, in.position(), StandardCharsets.ISO_8859_1);
            problems.syntax(new Problem(shown, line(before), 1, "is not UTF-8 text here; save it as UTF-8"));
            return Optional.empty();
        }
        String text = out.flip().toString();
        String begun = !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
        return printable(begun, shown, problems) ? Optional.of(begun) : Optional.empty();
    }

    private static Charset charset(byte[] b) {
        int first = b.length < 2 ? 0 : (b[0] & 255) << 8 | b[1] & 255;
        return switch (first) {
            case MARK -> StandardCharsets.UTF_16BE;
            case 0xfffe -> StandardCharsets.UTF_16LE;
            default -> StandardCharsets.UTF_8;
        };
    }

    private static boolean printable(String text, String shown, ProblemList problems) {
        int bad = 0;
        while (bad < text.length() && StreamReader.isPrintable(text.codePointAt(bad))) {
            bad += Character.charCount(text.codePointAt(bad));
        }
        if (bad == text.length()) {
            return true;
        }
        String before = text.substring(0, bad);
        boolean wide = text.charAt(bad) == 0 && text.chars().filter(c -> c == 0).count() * 3 > text.length();
        problems.syntax(new Problem(shown, line(before), bad - before.lastIndexOf('\n'), wide
                ? "is UTF-16 text; save it as UTF-8"
                : "has a character here that is no text (U+%04X); take it away, and save the file as UTF-8"
                        .formatted(text.codePointAt(bad))));
        return false;
    }

    private static int line(String before) {
        return (int) before.chars().filter(c -> c == '\n').count() + 1;
    }
}
