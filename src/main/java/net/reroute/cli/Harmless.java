package net.reroute.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The last filter before a terminal: passes text, line ends, tabs and colours, and nothing else that a terminal would
 * obey. Text from elsewhere is cleaned where it arrives; this filter is for what was forgotten there.
 */
public final class Harmless extends FilterOutputStream {

    private static final int ESCAPE = 0x1b;
    private static final int DELETE = 0x7f;
    /** In UTF-8 the control characters from U+0080 to U+009F begin with this byte. */
    private static final int LEAD = 0xc2;

    private final boolean utf8;
    private final boolean colours;
    private final StringBuilder begun = new StringBuilder();
    private boolean led;

    private Harmless(OutputStream out, boolean utf8, boolean colours) {
        super(out);
        this.colours = colours;
        this.utf8 = utf8;
    }

    /** @param colour true if colours may pass */
    public static PrintStream of(PrintStream to, boolean colour) {
        boolean utf8 = to.charset().equals(StandardCharsets.UTF_8);
        return new PrintStream(new Harmless(to, utf8, colour), false, to.charset()) {
            @Override
            public boolean checkError() {
                return super.checkError() | to.checkError(); // a PrintStream keeps its errors to itself
            }
        };
    }

    @Override
    public void write(int octet) throws IOException {
        int c = octet & 0xff;
        if (!begun.isEmpty()) {
            sequence((char) c);
        } else if (led) {
            led = false;
            if (c < 0x80 || c > 0x9f) {
                out.write(LEAD);
                out.write(c);
            }
        } else if (c == ESCAPE) {
            begun.append((char) c);
        } else if (utf8 && c == LEAD) {
            led = true;
        } else if (c >= ' ' && c != DELETE && (utf8 || c < 0x80 || c > 0x9f) || c == '\n' || c == '\t') {
            out.write(c);
        }
    }

    /** Passes a colour, ESC [ digits ; digits m. Of any other sequence only the ESC is dropped. */
    private void sequence(char c) throws IOException {
        begun.append(c);
        boolean open = begun.length() == 2 ? c == '[' : c >= '0' && c <= '9' || c == ';';
        if (open) {
            return;
        }
        boolean colour = colours && c == 'm' && begun.length() > 2;
        String text = begun.toString();
        begun.setLength(0);
        if (colour) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        } else if (text.length() > 1) {
            out.write(text.substring(1, text.length() - 1).getBytes(StandardCharsets.US_ASCII));
            write(c);
        }
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int plain = from;
        while (plain < from + length && begun.isEmpty() && !led && isPlain(bytes[plain])) {
            plain++;
        }
        out.write(bytes, from, plain - from);
        for (int i = plain; i < from + length; i++) {
            write(bytes[i]);
        }
    }

    private static boolean isPlain(byte c) {
        return c >= ' ' && c != DELETE || c == '\n' || c == '\t';
    }
}
