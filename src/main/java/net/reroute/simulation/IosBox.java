package net.reroute.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** The part of a simulated Cisco that all its sessions share. Thread safe. */
final class IosBox extends RouterBox {

    IosBox(Setup setup, List<Link> links, Consumer<String> told) {
        super(setup, links, told);
    }

    boolean hasArchive() {
        return setup.archive();
    }

    List<String> running() {
        List<String> lines = new ArrayList<>(List.of("Building configuration...", "",
                "Current configuration : 2113 bytes", "!", "version 15.7", "service timestamps log datetime msec", "!",
                "hostname " + setup.hostname(), "!"));
        if (!setup.enable().isEmpty()) {
            lines.addAll(List.of("enable secret 9 $9$simulated", "!"));
        }
        if (hasArchive()) {
            lines.addAll(List.of("archive", " path flash:backup", "!"));
        }
        for (Link link : routes.links()) {
            lines.addAll(List.of("interface " + link.name(), " ip address " + link.address() + " "
                    + (link.network().network().v6() ? link.network() : link.network().mask()), "!"));
        }
        lines.add("ip forward-protocol nd");
        routes.written().stream().filter(s -> !s.prefix().network().v6()).sorted((a, b) -> a.prefix().compareTo(b
                .prefix())).forEach(s -> lines.add(IosSyntax.line(s)));
        routes.written().stream().filter(s -> s.prefix().network().v6()).forEach(s -> lines.add(IosSyntax.line(s)));
        lines.addAll(List.of("!", "line con 0", "line vty 0 4", " login local", " transport input ssh", "!", "end"));
        return lines;
    }

    List<String> interfaces() {
        List<String> lines = new ArrayList<>(
                List.of(String.format("%-27s%-16s%-4s%-7s%-22s%s", "Interface", "IP-Address",
                        "OK?", "Method", "Status", "Protocol")));
        for (Link link : routes.links()) {
            lines.add(String.format("%-27s%-16s%-4s%-7s%-22s%s", link.name(), link.address(), "YES", "NVRAM", "up",
                    "up"));
        }
        return lines;
    }

    /** A line as somebody would have typed it before anybody looked. */
    void write(String line) {
        boolean v6 = line.startsWith("ipv6");
        String[] words = line.replaceFirst("^ipv?6? route ", "").split(" ");
        try {
            routes.add(IosSyntax.parse(Arrays.asList(words), v6, false));
        } catch (BadLine e) {
            throw new IllegalArgumentException("'" + line + "' is not a route: " + e.getMessage(), e);
        }
        keepAsStartup();
    }
}
