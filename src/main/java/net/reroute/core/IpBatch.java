package net.reroute.core;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the error output of iproute2's {@code ip -batch}. */
public final class IpBatch {

    private static final Pattern FAILED = Pattern.compile("(?m)^Command failed -:(\\d+)$");

    private IpBatch() {}

    /**
     * Error messages by line number, from 1. {@code ip} prints the message first and the number of the line after it.
     */
    public static Map<Integer, String> complaints(String text) {
        Map<Integer, String> complaints = new HashMap<>();
        Matcher failed = FAILED.matcher(text);
        int from = 0;
        while (failed.find()) {
            complaints.put(Integer.parseInt(failed.group(1)), Text.one(text.substring(from, failed.start())));
            from = failed.end();
        }
        return complaints;
    }
}
