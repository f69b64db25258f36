package net.reroute.convert;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Recognises a kind of configuration by the words that its lines begin with. */
final class Recognition {

    private static final Set<String> KEEPALIVED = Set.of("vrrp_instance", "vrrp_script", "vrrp_sync_group",
            "virtual_server", "virtual_server_group", "global_defs", "real_server", "virtual_ipaddress",
            "include", "includea", "includer", "bfd_instance", "static_ipaddress");
    private static final Set<String> HAPROXY = Set.of("frontend", "backend", "listen", "defaults");
    private static final Set<String> OPTIONS = Set.of("command", "cmd", "ip", "interval", "fast-interval", "rise",
            "fall", "withdraw-on-down", "up-metric", "down-metric");

    /** Lines that are looked at. */
    private static final int ENOUGH = 5000;

    private Recognition() {}

    /** @throws BadSourceException if it is none of them; the sentence says what to do */
    static Kind of(Source source) throws BadSourceException {
        Map<Kind, Integer> hits = new EnumMap<>(Kind.class);
        List<String> lines = source.lines().stream().map(String::strip)
                .filter(l -> !l.isEmpty() && !l.startsWith("#") && !l.startsWith("!")).toList();
        lines.stream().limit(ENOUGH).forEach(line -> hit(line, hits));
        if (hits.isEmpty() && !lines.isEmpty() && lines.stream().allMatch(Recognition::isResource)) {
            return Kind.HARESOURCES;
        }
        return hits.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey)
                .orElseThrow(() -> new BadSourceException(List.of(Plain.text(source.name())
                        + ": this is not recognised as a configuration of a tool that can be converted; if it is one,"
                        + " say which: --from " + String.join(", ", Kind.words()))));
    }

    private static void hit(String line, Map<Kind, Integer> hits) {
        String[] words = line.split("[\\s={]+", 3);
        String first = words[0];
        boolean more = words.length > 1;
        count(hits, Kind.KEEPALIVED, KEEPALIVED.contains(first));
        count(hits, Kind.HAPROXY, HAPROXY.contains(first) && (more || first.equals("defaults")) && !line.endsWith("{"));
        count(hits, Kind.LDIRECTORD, line.matches("(virtual|real6?|virtual6)\\s*=.*"));
        count(hits, Kind.EXABGP, line.contains("healthcheck") && (line.contains("--") || line.contains("exabgp"))
                || line.matches("(process|neighbor)\\s+\\S+\\s*\\{.*"));
        count(hits, Kind.EXABGP, OPTIONS.contains(first) && line.matches("[a-z-]+(\\s*=.*)?"));
    }

    private static void count(Map<Kind, Integer> hits, Kind kind, boolean hit) {
        if (hit) {
            hits.merge(kind, 1, Integer::sum);
        }
    }

    /** A node and its resources, at least one of which is an address or has arguments; or a line that goes on. */
    private static boolean isResource(String line) {
        boolean continued = line.endsWith("\\");
        List<String> words = List.of((continued ? line.substring(0, line.length() - 1) : line).strip().split("\\s+"));
        boolean plain = words.stream().noneMatch(w -> w.matches(".*[={};\"].*"));
        boolean resource = words.stream()
                .anyMatch(w -> w.contains("::") || w.matches("\\d+\\.\\d+\\.\\d+\\.\\d+(/.*)?"));
        return plain && (resource || continued);
    }
}
