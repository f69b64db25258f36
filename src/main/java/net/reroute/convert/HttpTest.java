package net.reroute.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import net.reroute.core.HostHeader;

/** Puts an http check together. What the inventory would refuse becomes a remark. */
final class HttpTest {

    private static final int MOST_STATUSES = 40;
    private static final int LONGEST = 1000;

    private final boolean tls;
    private final int port;
    private final Map<String, String> keys = new LinkedHashMap<>();
    private final List<Remark> remarks = new ArrayList<>();

    HttpTest(boolean tls, int port) {
        this.tls = tls;
        this.port = port;
        path("/");
        if (tls) {
            remarks.add(Remark.toDo("reroute verifies certificates: write 'host: NAME' (or 'name: NAME') as the"
                    + " certificate has it, and 'ca: FILE' if the authority is your own"));
        }
    }

    void path(String written) {
        String path = written.startsWith("/") ? written : "/" + written;
        boolean usable = isUsable(path) && !path.matches(".*\\s.*");
        if (!usable) {
            remarks.add(
                    Remark.toDo("the path " + Plain.text(written) + " cannot be written in a URL; write it encoded"));
        }
        boolean usual = port == (tls ? 443 : 80);
        keys.put("http", Scalar.quoted((tls ? "https" : "http") + "://{server}" + (usual ? "" : ":" + port)
                + (usable ? path : "/")));
    }

    void host(String name) {
        try {
            HostHeader.parse(Plain.visible(name));
            keys.put("host", Scalar.of(Plain.visible(name)));
        } catch (IllegalArgumentException e) {
            remarks.add(Remark.without("Host " + Plain.text(name) + ": " + Plain.text(e.getMessage())));
        }
    }

    /** @param words numbers, and ranges like 200-299 */
    void statuses(List<String> words) {
        Set<Integer> all = new LinkedHashSet<>();
        boolean readable = !words.isEmpty() && words.stream().allMatch(w -> add(all, w));
        if (readable && all.size() <= MOST_STATUSES) {
            keys.put("status", Scalar.list(all.stream().map(String::valueOf).toList()));
        } else {
            remarks.add(Remark.toDo("write the accepted answers as 'status: [200, 301]'; the source has "
                    + Plain.text(String.join(" ", words)) + ", and without it all from 200 to 399 pass"));
        }
    }

    private static boolean add(Set<Integer> all, String word) {
        if (!word.matches("[2-5]\\d\\d(-[2-5]\\d\\d)?")) {
            return false;
        }
        int first = Integer.parseInt(word.substring(0, 3));
        int last = Integer.parseInt(word.substring(word.length() - 3));
        for (int i = first; i <= last; i++) {
            all.add(i);
        }
        return first <= last;
    }

    void body(String text) {
        if (isUsable(text)) {
            keys.put("body", Scalar.quoted(text));
        } else {
            remarks.add(
                    Remark.without("the text " + Plain.text(text) + ", which has characters that cannot be written"));
        }
    }

    void regex(String text) {
        try {
            Pattern.compile(text.length() > LONGEST ? "" : text);
        } catch (PatternSyntaxException e) {
            remarks.add(Remark.toDo("write 'body-regex' as Java has it: " + Plain.text(text) + " is no expression"
                    + " there (" + Plain.text(e.getDescription()) + ")"));
            return;
        }
        if (isUsable(text)) {
            keys.put("body-regex", Scalar.quoted(text));
        } else {
            remarks.add(Remark.without("the expression " + Plain.text(text)));
        }
    }

    /** The inventory has a meaning of its own for words in braces, and expressions have their limits. */
    private static boolean isUsable(String text) {
        return !text.isBlank() && text.length() <= LONGEST && Plain.isPlain(text) && !text.contains("{ser");
    }

    void remark(Remark remark) {
        remarks.add(remark);
    }

    CheckWish wish(Timers timers) {
        return CheckWish.of((tls ? "https-" : "http-") + port, keys, timers, remarks);
    }
}
