package net.reroute.ssh;

import java.util.List;

/** Matches patterns as OpenSSH does (ssh_config(5), PATTERNS). */
final class Patterns {

    private Patterns() {}

    /** {@code *} is anything, {@code ?} one character. */
    static boolean matches(String text, String pattern) {
        int t = 0;
        int p = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        return pattern.substring(p).chars().allMatch(c -> c == '*');
    }

    /** True if a pattern of a comma-separated list matches, and no matching pattern has {@code !}. */
    static boolean inList(String text, String list) {
        return inList(text, List.of(list.split(",")));
    }

    /** The same for a list. */
    static boolean inList(String text, List<String> patterns) {
        boolean found = false;
        for (String pattern : patterns) {
            boolean negated = pattern.startsWith("!");
            if (matches(text, negated ? pattern.substring(1) : pattern)) {
                if (negated) {
                    return false;
                }
                found = true;
            }
        }
        return found;
    }
}
