package net.reroute.convert;

import java.util.Map;

/** Why lines of haproxy.cfg have no counterpart, in a few words. */
final class HaproxyReasons {

    private static final String REQUESTS = "a switch looks into no request";
    private static final String LOG = "connections are counted ('reroute status --json'), not logged";

    private static final Map<String, String> REASONS = Map.ofEntries(Map.entry("acl", REQUESTS),
            Map.entry("use_backend", REQUESTS), Map.entry("http-request", REQUESTS),
            Map.entry("http-response", REQUESTS), Map.entry("http-after-response", REQUESTS),
            Map.entry("redirect", REQUESTS), Map.entry("cookie", REQUESTS), Map.entry("reqadd", REQUESTS),
            Map.entry("reqrep", REQUESTS), Map.entry("rspadd", REQUESTS), Map.entry("use-server", REQUESTS),
            Map.entry("capture", REQUESTS), Map.entry("compression", REQUESTS), Map.entry("filter", REQUESTS),
            Map.entry("http-send-name-header", REQUESTS), Map.entry("http-reuse", REQUESTS),
            Map.entry("tcp-request", "'per-source' and 'most' limit connections; nothing else is looked at"),
            Map.entry("stick-table", "'choose: source' keeps a client at its server"),
            Map.entry("stick", "'choose: source' keeps a client at its server"),
            Map.entry("errorfile", "last words are one sentence: say: {http: TEXT} (docs/switch.md)"),
            Map.entry("errorloc", "last words are one sentence: say: {http: TEXT} (docs/switch.md)"),
            Map.entry("log", LOG), Map.entry("log-format", LOG), Map.entry("unique-id-format", LOG),
            Map.entry("stats", "the page of reroute shows switches and their backends (docs/page.md)"),
            Map.entry("monitor-uri", "the page of reroute answers for itself (docs/monitoring.md)"),
            Map.entry("retries", "the next backend is tried until one takes the connection"),
            Map.entry("tcp-check", "only the connection is tried, or a page with an http check"),
            Map.entry("fullconn", "'most' limits the connections of a switch"));

    private HaproxyReasons() {}

    static Remark without(Statement statement) {
        String reason = REASONS.getOrDefault(statement.key(), "");
        boolean check = statement.key().equals("option") && statement.word(1).endsWith("check")
                || statement.word(1).endsWith("-chk");
        String why = check ? "only the connection is tried, or a page with an http check" : reason;
        return Remark.without(Mention.of(statement), why);
    }

    /** A section as a whole: its keywords, without their values. */
    static Remark section(Statement section) {
        if (section.key().startsWith(".")) {
            return Remark.without(Mention.of(section), "every branch was read; take away those that do not count");
        }
        boolean global = section.key().equals("global");
        return Remark.without(Mention.of(section), global ? "about the process of HAProxy" : "");
    }
}
