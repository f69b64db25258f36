package net.reroute.ssh;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of files in an OpenSSH configuration (ssh_config(5), TOKENS). */
final class Tokens {

    /** A text with tokens that are filled in. */
    static final String KNOWN = "(?:[^%]|%[%dhnprku])*";

    private static final Pattern TOKEN = Pattern.compile("%(.)|\\$\\{(\\w+)}");

    private Tokens() {}

    /** With {@code ~}, environment variables and tokens filled in. */
    static Path path(String text, Target target) {
        String home = System.getProperty("user.home");
        Map<String, String> tokens = Map.of("%", "%", "d", home, "h", target.host(), "n", target.login().host(), "p",
                String.valueOf(target.port()), "r", target.login().user(), "u", System.getProperty("user.name"), "k",
                target.principal());
        String whole = text.startsWith("~/") ? home + text.substring(1) : text;
        String filled = TOKEN.matcher(whole).replaceAll(t -> Matcher.quoteReplacement(
                t.group(1) == null ? String.valueOf(System.getenv(t.group(2))) : tokens.get(t.group(1))));
        return Path.of(filled).toAbsolutePath().normalize();
    }
}
