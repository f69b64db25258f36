package net.reroute.inventory;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Prefix;
import net.reroute.core.Takeover;
import net.reroute.core.Takeover.Announce;
import net.reroute.core.Takeover.Commands;
import net.reroute.core.Takeover.Fence;
import net.reroute.core.Takeover.Means;
import net.reroute.core.Takeover.Use;

/** Reads the takeover settings of a service. */
final class TakeoverReader {

    static final List<String> KEYS = List.of("redirect", "fallback", "interface", "announce", "refresh", "fence",
            "restore-after", "before-takeover", "after-takeover");

    private static final List<String> DETAILS = KEYS.subList(2, KEYS.size());
    private static final Duration SHORTEST_REFRESH = Duration.ofSeconds(1);
    private static final Duration SHORTEST_FENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST_FENCE = Duration.ofHours(1);

    /** The ways to redirect a service. */
    enum Redirect {
        ROUTE, ARP, BALANCE, BGP
    }

    private enum Fallback {
        NONE, ARP
    }

    private TakeoverReader() {}

    /**
     * @param servers of the service
     * @param interfaces that servers name for themselves
     */
    static Optional<Takeover> read(Fields fields, Optional<Prefix> prefix, List<String> servers,
            Interfaces interfaces) {
        boolean redirect = fields.choice("redirect", Redirect.class, Redirect.ROUTE) == Redirect.ARP;
        boolean fallback = fields.choice("fallback", Fallback.class, Fallback.NONE) == Fallback.ARP;
        if (!redirect && !fallback) {
            DETAILS.stream().filter(fields::has).forEach(key -> fields.problem(key,
                    "'" + key + "' says something about taking addresses over, and needs 'redirect: arp' or"
                            + " 'fallback: arp' beside it"));
            return Optional.empty();
        }
        if (redirect) {
            redirect(fields, prefix);
        }
        return Optional.of(new Takeover(redirect ? Use.REDIRECT : Use.FALLBACK, interfaces(fields, servers, interfaces),
                fields.choice("announce", Announce.class, Announce.SERVER), refresh(fields), fence(fields),
                new Commands(fields.words("before-takeover"), fields.words("after-takeover"))));
    }

    private static void redirect(Fields fields, Optional<Prefix> prefix) {
        prefix.filter(p -> p.length() != p.network().width()).ifPresent(p -> fields.problem("prefix",
                "'redirect: arp' takes over one address, so the prefix is a /" + p.network().width() + ", not a /"
                        + p.length()));
        for (String key : List.of("routers", "policy", "fallback", "share")) {
            if (fields.has(key)) {
                fields.problem(key, "'" + key + "' says nothing where there is no router to change; take it away, or"
                        + " write redirect: route");
            }
        }
    }

    private static Map<String, String> interfaces(Fields fields, List<String> servers, Interfaces own) {
        Optional<String> common = fields.value("interface", TakeoverReader::interfaceName);
        Map<String, String> all = new LinkedHashMap<>();
        for (String server : servers) {
            Optional<String> name = own.of(server).or(() -> common);
            name.ifPresent(n -> all.put(server, n));
        }
        List<String> without = servers.stream().filter(s -> !all.containsKey(s) && own.isUnderstood(s)).toList();
        if (!without.isEmpty() && !fields.has("interface")) {
            fields.problem("servers", fields.what() + " takes addresses over, and " + String.join(", ", without)
                    + (without.size() > 1 ? " have" : " has")
                    + " no interface for that; write 'interface: eth0' here or at the server");
        }
        return all;
    }

    /** As Linux names interfaces, without characters that are special to a shell. */
    static String interfaceName(String text) {
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,14}")) {
            throw new IllegalArgumentException("'" + text + "' is not the name of an interface; write it like eth0");
        }
        return text;
    }

    private static Duration refresh(Fields fields) {
        Duration refresh = fields.duration("refresh", Duration.ofSeconds(10));
        if (refresh.compareTo(SHORTEST_REFRESH) < 0) {
            fields.problem("refresh",
                    "'refresh' is at least 1s; a claim from somebody else is answered at once anyway");
        }
        return refresh;
    }

    private static Fence fence(Fields fields) {
        Means means = fields.choice("fence", Means.class, Means.ALIAS);
        Duration restore = fields.duration("restore-after", Duration.ofMinutes(5));
        if (means == Means.INTERFACE && !fields.has("restore-after")) {
            fields.problem("fence", "'fence: interface' needs 'restore-after: 5m', so that the interface comes up again"
                    + " even if nobody can reach it");
        }
        if (means != Means.INTERFACE && fields.has("restore-after")) {
            fields.problem("restore-after", "'restore-after' belongs to 'fence: interface'");
        }
        if (restore.compareTo(SHORTEST_FENCE) < 0 || restore.compareTo(LONGEST_FENCE) > 0) {
            fields.problem("restore-after", "'restore-after' is from 5s to 1h");
        }
        return new Fence(means, restore);
    }
}
