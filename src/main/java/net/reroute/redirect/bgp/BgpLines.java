package net.reroute.redirect.bgp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.reroute.core.BgpSites;
import net.reroute.core.BgpSites.Worse;
import net.reroute.core.Dialect.BgpFamily;
import net.reroute.core.Prefix;
import net.reroute.core.Template;

/** The lines of configuration that change an announcement, in the words of FRR and IOS. */
final class BgpLines {

    /** The highest is kept for routes that are not to be used at all by some routers. */
    static final long HIGH = 4_294_967_294L;

    private BgpLines() {}

    /** @param map the route-map of the line if it announces as is; empty if none */
    static List<String> of(BgpFamily words, BgpConfig there, Prefix prefix, Announcement.Is wanted, String map,
            BgpSites sites) {
        String network = filled(words.network(), prefix);
        List<String> lines = new ArrayList<>();
        if (wanted == Announcement.Is.WORSE) {
            lines.add("route-map " + Announcement.worse(sites) + " permit 10");
            sites.worse().stream().sorted().forEach(w -> lines.add(set(w, there.asn())));
            lines.add("exit");
        }
        lines.add("router bgp " + there.asn());
        if (prefix.network().v6() || there.families()) {
            lines.add(words.enter());
        }
        lines.add(switch (wanted) {
            case AS_IS -> network + (map.isEmpty() ? "" : " route-map " + map);
            case WORSE -> network + " route-map " + Announcement.worse(sites);
            case NOT -> "no " + network;
        });
        return lines;
    }

    private static String set(Worse way, String asn) {
        return switch (way) {
            case COMMUNITY -> "set community 65535:0 additive";
            case PREPEND -> "set as-path prepend " + asn + " " + asn + " " + asn;
            case MED -> "set metric " + HIGH;
        };
    }

    /** A template of a dialect with the values of a prefix. */
    static String filled(Template template, Prefix prefix) {
        return template.fill(Map.of("prefix", prefix.toString(), "network", prefix.network().toString(), "mask",
                prefix.mask().toString()));
    }
}
