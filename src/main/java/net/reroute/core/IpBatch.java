package net.reroute.core;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code ip -batch} of iproute2 says. */
public final class IpBatch {

    private static final Pattern FAILED = Pattern.compile("(?m)^Command failed -:(\\d+)$");

    private IpBatch() {}

    /** What was wrong, by the number of the line: it prints what is wrong, then which line of the batch it was. */
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
