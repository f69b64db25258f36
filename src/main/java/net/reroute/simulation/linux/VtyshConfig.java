package net.reroute.simulation.linux;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.reroute.core.Prefix;

/** The lines of one {@code configure terminal}, and where in the configuration they stand. */
final class VtyshConfig {

    private static final Pattern MAP = Pattern.compile("route-map (\\S+) permit \\d+");
    private static final Pattern SET = Pattern.compile("set (community|as-path prepend|metric) [\\d: a-z]+");
    private static final Pattern FAMILY = Pattern.compile("address-family (ipv[46]) unicast");
    private static final Pattern NETWORK = Pattern.compile("(no )?network (\\S+)(?: route-map (\\S+))?");

    private final BgpSpeaker speaker;
    private String map = "";
    private boolean within;
    private boolean v6;

    VtyshConfig(BgpSpeaker speaker) {
        this.speaker = speaker;
    }

    /** Returns FRR's words against the line; empty if it was taken. */
    Optional<String> take(String line) {
        Matcher routeMap = MAP.matcher(line);
        Matcher network = NETWORK.matcher(line);
        Matcher family = FAMILY.matcher(line);
        if (routeMap.matches()) {
            begin(routeMap.group(1));
        } else if (!map.isEmpty() && SET.matcher(line).matches()) {
            speaker.set(map, line);
        } else if (line.equals("exit") && !map.isEmpty()) {
            map = "";
        } else if (line.startsWith("router bgp ")) {
            within = line.equals("router bgp " + speaker.asn());
            return within ? Optional.empty() : Optional.of("BGP is already running; AS is " + speaker.asn());
        } else if (within && family.matches()) {
            v6 = family.group(1).equals("ipv6");
        } else {
            return within && network.matches() ? network(network) : unknown(line);
        }
        return Optional.empty();
    }

    private static Optional<String> unknown(String line) {
        return Optional.of("% Unknown command: " + line);
    }

    private void begin(String name) {
        map = name;
        speaker.map(name);
    }

    private Optional<String> network(Matcher line) {
        Optional<Prefix> prefix = Prefix.tryParse(line.group(2)).filter(p -> p.network().v6() == v6);
        if (prefix.isEmpty()) {
            return unknown(line.group());
        }
        if (line.group(1) == null) {
            speaker.announce(prefix.get(), Optional.ofNullable(line.group(3)).orElse(""));
            return Optional.empty();
        }
        return speaker.withdraw(prefix.get())
                ? Optional.empty()
                : Optional.of("% Can't find static route specified");
    }
}
