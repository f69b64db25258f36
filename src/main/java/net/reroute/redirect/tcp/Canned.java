package net.reroute.redirect.tcp;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import net.reroute.core.SwitchSpec.LastWords;

/**
 * What a client is told when no backend is left, in its own protocol, so that its program shows the text to a person
 * and tries again later. One object for each connection.
 */
final class Canned {

    private static final int MOST_LINES = 100;

    private final LastWords words;
    private int lines;
    private boolean over;

    Canned(LastWords words) {
        this.words = words;
        this.over = switch (words.protocol()) {
            case IMAP, SMTP, LINES -> true;
            case POP3, HTTP -> false;
        };
    }

    /** What is said first; may be empty. */
    String greeting() {
        return switch (words.protocol()) {
            // RFC 1939 knows no refusal in a greeting, and programs show the answer to PASS.
            case POP3 -> "+OK ready\r\n";
            case IMAP -> "* BYE " + words.text() + "\r\n"; // RFC 9051, 7.1.5
            case SMTP -> "421 " + words.text() + "\r\n"; // RFC 5321, 4.2.1
            case LINES -> words.text().replace("\n", "\r\n") + "\r\n";
            case HTTP -> "";
        };
    }

    /** True if the connection ends once everything is said. */
    boolean isOver() {
        return over;
    }

    /** The answer to a line, without its end; may be empty. */
    String answer(String line) {
        over = ++lines > MOST_LINES;
        return switch (words.protocol()) {
            case POP3 -> pop3(line);
            case HTTP -> line.isEmpty() ? http() : "";
            case IMAP, SMTP, LINES -> "";
        };
    }

    private String pop3(String line) {
        String command = line.strip().split(" ", 2)[0].toUpperCase(Locale.ROOT);
        over |= command.equals("QUIT");
        return switch (command) {
            case "QUIT" -> "+OK\r\n";
            case "CAPA" -> "+OK\r\nUSER\r\nRESP-CODES\r\n.\r\n";
            case "USER" -> "+OK\r\n";
            default -> "-ERR [SYS/TEMP] " + words.text() + "\r\n"; // RFC 3206: the password is not to blame
        };
    }

    private String http() {
        over = true;
        byte[] body = (words.text() + "\n").getBytes(StandardCharsets.UTF_8);
        return "HTTP/1.1 503 Service Unavailable\r\nRetry-After: " + words.after().toSeconds()
                + "\r\nContent-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\nContent-Length: "
                + body.length + "\r\nConnection: close\r\n\r\n" + words.text() + "\n";
    }

    /** Takes the next line from what a client has sent so far; empty if there is no whole one. */
    static Optional<String> line(StringBuilder sent) {
        int end = sent.indexOf("\n");
        if (end < 0) {
            return Optional.empty();
        }
        String line = sent.substring(0, end).replaceAll("\r$", "");
        sent.delete(0, end + 1);
        return Optional.of(line);
    }
}
