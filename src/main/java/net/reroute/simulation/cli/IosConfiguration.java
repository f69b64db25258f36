package net.reroute.simulation.cli;

import java.util.ArrayList;
import java.util.List;
import net.reroute.simulation.Link;

/** Prints the configuration and the interfaces of Cisco IOS 15. */
final class IosConfiguration {

    private static final String COLUMNS = "%-27s%-16s%-4s%-7s%-22s%s";

    private final RouterState router;

    IosConfiguration(RouterState router) {
        this.router = router;
    }

    List<String> configuration(List<StaticRoute> routes) {
        List<String> lines = new ArrayList<>(List.of("Building configuration...", "",
                "Current configuration : 2113 bytes", "!", "version 15.7", "service timestamps log datetime msec", "!",
                "hostname " + router.setup.hostname(), "!"));
        if (!router.setup.enable().isEmpty()) {
            lines.addAll(List.of("enable secret 9 $9$simulated", "!"));
        }
        if (router.setup.archive()) {
            lines.addAll(List.of("archive", " path flash:backup", "!"));
        }
        router.routes.links().forEach(link -> lines.addAll(List.of("interface " + link.name(), address(link), "!")));
        lines.add("ip forward-protocol nd");
        routes.forEach(route -> lines.add(IosSyntax.line(route)));
        lines.addAll(List.of("!", "line con 0", "line vty 0 4", " login local", " transport input ssh", "!", "end"));
        return lines;
    }

    private static String address(Link link) {
        return " ip address " + link.address() + " "
                + (link.address().v6() ? link.network() : link.network().mask());
    }

    List<String> interfaces() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(COLUMNS, "Interface", "IP-Address", "OK?", "Method", "Status", "Protocol"));
        router.routes.links().forEach(link -> lines.add(
                String.format(COLUMNS, link.name(), link.address(), "YES", "NVRAM", "up", "up")));
        return lines;
    }

    List<String> archive() {
        return router.setup.archive()
                ? List.of("The maximum archive configurations allowed is 10.",
                        "The next archive file will be named flash:backup-1")
                : List.of("Archive feature not enabled");
    }
}
