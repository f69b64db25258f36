package net.reroute.simulation.cli;

import java.util.List;
import net.reroute.simulation.cli.CommandTree.Trouble;

/** Cisco NX-OS 9. Show commands work in configuration mode too. */
final class NxOs extends IosStyleSession {

    private static final String LEGEND = """
                                         '*' denotes best ucast next-hop
                                         '**' denotes best mcast next-hop
                                         '[x/y]' denotes [preference/metric]
                                         '%<string>' in via output denotes VRF <string>

                                         """;
    private static final String ATTACHED = """
                                           {network}, ubest/mbest: 1/0, attached
                                               *via {address}, {link}, [0/0], 1w2d, direct
                                           """;
    private static final String WAY = "    *via {hop}, [{distance}/0], 00:12:07, static\n";
    private static final String WAY6 = "    *via {hop}, {link}, [{distance}/0], 00:12:07, static\n";
    private static final String PREFIX = "{prefix}, ubest/mbest: {count}/0\n";
    private static final TableFormat FOUR = TableFormat.plain("IP Route Table for VRF \"{vrf}\"\n" + LEGEND,
            PREFIX + WAY, WAY,
            ATTACHED, "Route not found");
    private static final TableFormat SIX = TableFormat.plain("IPv6 Routing Table for VRF \"{vrf}\"\n" + LEGEND,
            PREFIX + WAY6,
            WAY6, ATTACHED, "Route not found");

    NxOs(RouterState router) {
        super(router, new FormattedTable(router, FOUR, SIX), new RouteKeywords(List.of("name", "tag", "track")));
        privileged.on("configure", w -> begin()).on("show clock", w -> output.add("10:15:01.123 UTC Fri Nov 20 2026"))
                .on("show ip interface brief", w -> interfaces(false))
                .on("show ipv6 interface brief", w -> interfaces(true));
        for (CommandTree tree : List.of(privileged, config)) {
            tree.on("terminal LINE", w -> terminal(w)).on("copy running-config startup-config",
                    w -> save("[########################################] 100%",
                            "Copy complete, now saving to disk (please wait)...", "Copy complete."));
            PingCommand.unix(router, tree, "ping", output);
            PingCommand.unix(router, tree, "ping6", output);
        }
        config.on("show LINE", w -> inside(w));
    }

    private void terminal(List<String> words) {
        if (words.size() > 2 && words.get(1).startsWith("len")) {
            pageLength(words.get(2));
        }
    }

    @Override
    String greeting() {
        return "User Access Verification\n\n" + router.setup.banner() + "\n"
                + "Cisco Nexus Operating System (NX-OS) Software\nTAC support: http://www.cisco.com/tac\n";
    }

    @Override
    String prompt() {
        return "\r" + hostname() + (mode == VtyMode.CONFIG ? configPrompt() : "") + "# ";
    }

    @Override
    String message() {
        return "2026 Nov 20 10:15:02 " + router.setup.hostname()
                + " %ETHPORT-5-IF_DOWN_LINK_FAILURE: Interface Ethernet1/2 is down (Link failure)\n";
    }

    @Override
    List<String> complaint(List<String> words, Trouble trouble, int bad) {
        return List.of(caret(words, bad < 0 ? words.size() : bad), "% " + trouble.word() + " command at '^' marker.");
    }

    @Override
    String locked() {
        return "Config mode is locked by session 12 of user noc";
    }

    @Override
    List<String> entered() {
        return List.of("Enter configuration commands, one per line.  End with CNTL/Z.");
    }

    @Override
    List<String> notThere() {
        return List.of("% Route not deleted, it does not exist");
    }

    @Override
    List<String> version() {
        return List.of("Cisco Nexus Operating System (NX-OS) Software", "Software", "  NXOS: version 9.3(10)",
                "Hardware", "  cisco Nexus9000 C9300v Chassis", "  Device name: " + router.setup.hostname());
    }

    private void interfaces(boolean v6) {
        output.add((v6 ? "IPv6" : "IP") + " Interface Status for VRF \"default\"(1)");
        output.add(v6
                ? "Interface        IPv6 Address/Link-local Address           Interface Status"
                : "Interface            IP Address      Interface Status");
        router.routes.links().stream().filter(l -> l.address().v6() == v6).forEach(l -> output.add(v6
                ? String.format("%-17s%-42sup/up/up", l.name(), l.address())
                : String.format("%-21s%-16sprotocol-up/link-up/admin-up", l.name(), l.address())));
    }

    @Override
    String line(StaticRoute route) {
        return (route.prefix().network().v6() ? "ipv6 route " : "ip route ") + route.prefix()
                + (route.interfaceName().isEmpty() ? "" : " " + route.interfaceName())
                + route.hop().map(h -> " " + h).orElse("") + (route.more().isEmpty() ? "" : " " + route.more())
                + (route.distance() == 1 ? "" : " " + route.distance());
    }
}
