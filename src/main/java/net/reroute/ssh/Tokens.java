package net.reroute.ssh;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills in file names of an OpenSSH configuration (ssh_config(5), TOKENS). */
final class Tokens {

    /** Matches a text whose tokens are all supported. */
    static final String KNOWN = "(?:[^%]|%[%dhnprku])*";

    private static final Pattern TOKEN = Pattern.compile("%(.)|\\$\\{(\\w+)}");

    private Tokens() {}

    /**
     * The absolute path, with {@code ~}, environment variables and tokens filled in.
     *
     * @param ofTarget tokens that depend on the connection: h, n, p, r, k
     */
    static Path path(String text, Map<String, String> ofTarget) {
        String home = System.getProperty("user.home");
        Map<String, String> tokens = new HashMap<>(ofTarget);
        tokens.putAll(Map.of("%", "%", "d", home, "u", System.getProperty("user.name")));
        String whole = text.startsWith("~/") ? home + text.substring(1) : text;
        String filled = TOKEN.matcher(whole).replaceAll(t -> Matcher.quoteReplacement(
                t.group(1) == null ? String.valueOf(System.getenv(t.group(2))) : tokens.get(t.group(1))));
        return Path.of(filled).toAbsolutePath().normalize();
    }
}
