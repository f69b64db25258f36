package net.reroute.convert;

import java.util.Map;

/** Why options of ldirectord have no counterpart, in a few words. */
final class LdirectordReasons {

    private static final String ALL_DOWN = "if all servers are DOWN, all stay in; a switch can say last words"
            + " (docs/switch.md)";
    private static final String SECRET = "passwords are left out, and no check of reroute logs in to a service";
    private static final String DAEMON = "about the process of ldirectord";

    private static final Map<String, String> REASONS = Map.ofEntries(Map.entry("fallback", ALL_DOWN),
            Map.entry("fallback6", ALL_DOWN), Map.entry("fallbackcommand", ALL_DOWN), Map.entry("login", SECRET),
            Map.entry("passwd", SECRET), Map.entry("secret", SECRET),
            Map.entry("autoreload", "'reroute reload' reads the"
                    + " inventory anew"),
            Map.entry("quiescent", "a server that is DOWN keeps the connections it has"),
            Map.entry("readdquiescent", "a server that is DOWN keeps the connections it has"),
            Map.entry("logfile", DAEMON), Map.entry("supervised", DAEMON), Map.entry("fork", DAEMON),
            Map.entry("callback", DAEMON), Map.entry("execute", DAEMON), Map.entry("monitorfile", DAEMON),
            Map.entry("cleanstop", "stopping reroute leaves everything as it is"),
            Map.entry("maintenancedir", "type 'reroute drain SERVER' in place of that"),
            Map.entry("emailalertfreq", "a lasting problem is sent again only if its reason changes"),
            Map.entry("emailalertstatus", "the rules under 'notify' say what is sent"),
            Map.entry("netmask", "'sticky: source' goes by the single address"),
            Map.entry("httpmethod", "a check asks with GET"),
            Map.entry("checkcommand", "no command is run as a check; see the check for what stands in its place"),
            Map.entry("comment", "write a comment"));

    private LdirectordReasons() {}

    static Remark without(Statement statement) {
        String reason = REASONS.getOrDefault(statement.key(), "");
        String shown = statement.key() + "=" + Mention.words(statement.values());
        boolean secret = Mention.isSecret(statement.words());
        return Remark.without((secret ? statement.key() + "=..." : shown) + " (" + statement.place() + ")", reason);
    }
}
