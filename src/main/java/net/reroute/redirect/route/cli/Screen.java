package net.reroute.redirect.route.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the bytes of a device into lines as a terminal shows them. Takes the whole text of an answer, never pieces,
 * since a control sequence may be cut anywhere.
 */
final class Screen {

    /** ECMA-48 control sequences, and the two-character sequences that VyOS, Junos and RouterOS send. */
    private static final Pattern ESCAPE = Pattern.compile("\u001b(\\[[0-?]*[ -/]*[@-~]|[()][A-Z0-9]|[=>78cDEHMNOZ])");
    /** What may precede a message: a number, node, time, host and process, as on IOS, XR, NX-OS and EOS. */
    private static final String WHENCE = "(\\d{1,10}: )?"
            + "(([\\w/]{1,30}:)?[*.]?(\\d{4} )?[A-Z][a-z]{2} +\\d{1,2} (\\d{4} )?[\\d:.]+( [A-Z]{2,5})?"
            + ":? ?([\\w.-]{1,63} )?)?"
            + "([\\w/-]{1,40}(\\[\\d+])?: )?(%\\$ [\\w-]+ %\\$ )?";
    /** A message in Cisco's format, facility-severity-mnemonic, with the text before it on its line. */
    private static final Pattern SYSLOG = Pattern
            .compile(WHENCE + "%[A-Z][A-Z0-9_]{0,40}(-[A-Z0-9_]{1,40}){0,6}-[0-7]-[A-Z0-9_]{1,60} ?:");

    /** Longer lines are cut. No device has such lines, and they would slow the patterns down. */
    private static final int LONGEST = 4000;

    private Screen() {}

    /**
     * The lines on the screen, without overwritten text and trailing blanks. The last one may be unfinished; its
     * trailing blanks stay.
     */
    static List<String> lines(String raw) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int column = 0;
        String text = ESCAPE.matcher(withoutMessages(raw)).replaceAll("");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
                column = 0;
            } else if (c == '\r') {
                column = 0;
            } else if (c == '\b') {
                column = Math.max(0, column - 1);
            } else if (c >= ' ' && c != 0x7f) {
                put(line, column++, c);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    private static void put(StringBuilder line, int column, char c) {
        if (column >= LONGEST) {
            return;
        }
        if (column < line.length()) {
            line.setCharAt(column, c);
        } else {
            line.append(c);
        }
    }

    /**
     * Removes system messages. One may come anywhere, even within a line, which continues after it. Remove them first:
     * text before and after, such as a carriage return and its newline, belongs together.
     */
    private static String withoutMessages(String raw) {
        StringBuilder kept = new StringBuilder();
        Matcher found = SYSLOG.matcher(raw);
        int from = 0;
        int at = 0;
        // the pattern is slow, so try only lines with a percent sign
        for (int sign = raw.indexOf('%'); sign >= 0; sign = raw.indexOf('%', at)) {
            int lineEnd = raw.indexOf('\n', sign);
            int next = lineEnd < 0 ? raw.length() : lineEnd + 1;
            if (found.region(Math.max(at, raw.lastIndexOf('\n', sign) + 1), next).find()) {
                kept.append(raw, from, found.start());
                from = next;
            }
            at = next;
        }
        if (from == raw.length() && from > 0) {
            // the prompt precedes the message and is not shown again
            return withoutLineEnd(kept);
        }
        return kept.append(raw, from, raw.length()).toString();
    }

    private static String withoutLineEnd(StringBuilder text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '\r') {
            end--;
        }
        if (end == 0 || text.charAt(end - 1) != '\n') {
            return text.toString();
        }
        end--;
        while (end > 0 && text.charAt(end - 1) == '\r') {
            end--;
        }
        return text.substring(0, end);
    }

    /** True if the last line of the text has a message. */
    static boolean endsInMessage(String raw) {
        String last = raw.substring(raw.lastIndexOf('\n') + 1);
        return last.indexOf('%') >= 0 && SYSLOG.matcher(last).find(); // the pattern is slow
    }
}
