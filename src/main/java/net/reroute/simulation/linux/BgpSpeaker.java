package net.reroute.simulation.linux;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Prefix;

/** The configuration of FRR's bgpd at one site: its number, its lines of networks, its route-maps. Thread-safe. */
final class BgpSpeaker {

    /** The community graceful shutdown (RFC 8326). */
    private static final String LEAVING = "65535:0";

    private final String name;
    private final int number;
    /** The route-map of each line; empty if it has none. */
    private final Map<Prefix, String> networks = new LinkedHashMap<>();
    private final Map<String, List<String>> maps = new LinkedHashMap<>();

    /** @param number of the site, from 1; 0 for the provider that all sites have as their neighbour */
    BgpSpeaker(String name, int number) {
        this.name = name;
        this.number = number;
    }

    String name() {
        return name;
    }

    String asn() {
        return Integer.toString(SimulatedBgp.PROVIDER + number);
    }

    String nextHop() {
        return "172.16." + number + ".2";
    }

    /** The address of the provider, as this site reaches it. */
    String neighbour() {
        return "172.16." + number + ".1";
    }

    synchronized void announce(Prefix prefix, String map) {
        networks.put(prefix, map);
    }

    /** @return false if there was no line for it */
    synchronized boolean withdraw(Prefix prefix) {
        return networks.remove(prefix) != null;
    }

    synchronized void map(String map) {
        maps.computeIfAbsent(map, m -> new ArrayList<>());
    }

    /** Adds a line to a route-map; one of the same kind is replaced. */
    synchronized void set(String map, String line) {
        String kind = line.replaceAll("^(set \\S+).*", "$1");
        maps.get(map).removeIf(l -> l.startsWith(kind + " "));
        maps.get(map).add(line);
    }

    /** The path that neighbours hear of; empty if there is no line, or its route-map is not there, which lets nothing out. */
    synchronized Optional<BgpPath> path(Prefix prefix) {
        String map = networks.get(prefix);
        if (map == null || !map.isEmpty() && !maps.containsKey(map)) {
            return Optional.empty();
        }
        List<String> lines = map.isEmpty() ? List.of() : maps.get(map);
        List<String> numbers = new ArrayList<>(List.of(asn()));
        value(lines, "set as-path prepend ").ifPresent(more -> numbers.addAll(List.of(more.split(" "))));
        return Optional.of(new BgpPath(name, numbers, value(lines, "set metric ").map(Long::parseLong).orElse(0L),
                value(lines, "set community ").filter(c -> c.contains(LEAVING)).isPresent(), nextHop()));
    }

    private static Optional<String> value(List<String> lines, String start) {
        return lines.stream().filter(l -> l.startsWith(start)).map(l -> l.substring(start.length())).findFirst();
    }

    /** As {@code show running-config} of FRR 8.4 prints it. */
    synchronized String config() {
        StringBuilder text = new StringBuilder(
                "Building configuration...\n\nCurrent configuration:\n!\nfrr version 8.4.4\n"
                        + "frr defaults traditional\nhostname " + name + "\n!\nrouter bgp " + asn()
                        + "\n no bgp ebgp-requires-policy\n no bgp network import-check\n neighbor " + neighbour()
                        + " remote-as " + SimulatedBgp.PROVIDER + "\n");
        text.append(family(false)).append(hasV6() ? family(true) : "").append("exit\n!\n");
        maps.forEach((map, lines) -> {
            text.append("route-map " + map + " permit 10\n");
            lines.stream().sorted().forEach(l -> text.append(" " + l.replace(LEAVING, "graceful-shutdown") + "\n"));
            text.append("exit\n!\n");
        });
        return text.append("end\n").toString();
    }

    private boolean hasV6() {
        return networks.keySet().stream().anyMatch(p -> p.network().v6());
    }

    private String family(boolean v6) {
        StringBuilder text = new StringBuilder(" !\n address-family " + (v6 ? "ipv6" : "ipv4") + " unicast\n");
        networks.forEach((prefix, map) -> {
            if (prefix.network().v6() == v6) {
                text.append("  network " + prefix + (map.isEmpty() ? "" : " route-map " + map) + "\n");
            }
        });
        return text.append(v6 ? "  neighbor " + neighbour() + " activate\n" : "").append(" exit-address-family\n")
                .toString();
    }
}
