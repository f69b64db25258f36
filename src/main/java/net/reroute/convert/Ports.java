package net.reroute.convert;

import java.util.Map;
import java.util.OptionalInt;

/** Ports, as numbers or by the names that /etc/services has for the usual ones. */
final class Ports {

    private static final Map<String, Integer> NAMES = Map.ofEntries(Map.entry("ftp", 21), Map.entry("smtp", 25),
            Map.entry("domain", 53), Map.entry("http", 80), Map.entry("www", 80), Map.entry("pop3", 110),
            Map.entry("nntp", 119), Map.entry("imap", 143), Map.entry("imap2", 143), Map.entry("ldap", 389),
            Map.entry("https", 443), Map.entry("submission", 587), Map.entry("ldaps", 636), Map.entry("imaps", 993),
            Map.entry("pop3s", 995), Map.entry("mysql", 3306), Map.entry("postgresql", 5432));

    private Ports() {}

    static OptionalInt of(String text) {
        return NAMES.containsKey(text) ? OptionalInt.of(NAMES.get(text)) : Numbers.port(text);
    }
}
