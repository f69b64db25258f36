package net.reroute.simulation.cli;

import java.util.List;
import net.reroute.simulation.Link;
import net.reroute.simulation.cli.CommandTree.Trouble;

/** FRR 8, with vtysh as the login shell. */
final class Frr extends IosStyleSession {

    private static final String CODES = """
                                        Codes: K - kernel route, C - connected, S - static, R - RIP,
                                               O - OSPF, I - IS-IS, B - BGP, E - EIGRP, N - NHRP,
                                               > - selected route, * - FIB route, q - queued, r - rejected, b - backup
                                               t - trapped, o - offload failure

                                        """;
    private static final String VIA = "via {hop}, {link}, weight 1, 00:03:11";
    /** The format of zebra's table, which VyOS shows too. */
    static final TableFormat ZEBRA = new TableFormat(CODES, "S>* {prefix} [{distance}/0] " + VIA,
            "  * {blank}       " + VIA,
            "S   {prefix} [{distance}/0] " + VIA.replace(", {link}", " {link}"),
            """
            Routing entry for {prefix}
              Known via "static", distance {distance}, metric 0, best
              Last update 00:00:01 ago
            """, "  * {hop}, via {link}, weight 1", "\n", """
                                                          Routing entry for {network}
                                                            Known via "connected", distance 0, metric 0, best
                                                            Last update 00:10:01 ago
                                                            * directly connected, {link}

                                                          """, "% Network not in table");

    Frr(RouterState router) {
        super(router, new FormattedTable(router, ZEBRA, ZEBRA),
                new RouteKeywords(List.of("tag", "label", "table", "color"), List.of("onlink"),
                        List.of("tag", "label", "table", "color", "onlink")));
        privileged.on("configure", w -> begin()).on("terminal length NUMBER", w -> pageLength(w.get(2)))
                .on("enable", w -> nothing()).on("show interface brief", w -> interfaces())
                .on("write memory", w -> written()).on("write", w -> written())
                .on("copy running-config startup-config", w -> written());
    }

    private void written() {
        save("Note: this version of vtysh never writes vtysh.conf", "Building Configuration...",
                "Integrated configuration saved to /etc/frr/frr.conf", "[OK]");
    }

    @Override
    String greeting() {
        return "\n" + router.setup.banner()
                + "\nHello, this is FRRouting (version 8.4.4).\nCopyright 1996-2005 Kunihiro Ishiguro, et al.\n\n";
    }

    @Override
    String prompt() {
        return hostname() + (mode == VtyMode.CONFIG ? configPrompt() : "") + "# ";
    }

    @Override
    String message() {
        return "[YDG3W-JND95] interface eth2 changed state to down\n";
    }

    @Override
    List<String> complaint(List<String> words, Trouble trouble, int bad) {
        return List.of(switch (trouble) {
            case AMBIGUOUS -> "% Ambiguous command: ";
            case INCOMPLETE -> "% Command incomplete: ";
            default -> "% Unknown command: ";
        } + String.join(" ", words));
    }

    @Override
    String locked() {
        return "% Configuration is already locked";
    }

    @Override
    List<String> notThere() {
        return List.of("% Refusing to remove a non-existent route");
    }

    @Override
    List<String> version() {
        return List.of("FRRouting 8.4.4 (" + router.setup.hostname() + ") on Linux(6.1.0).",
                "Copyright 1996-2005 Kunihiro Ishiguro, et al.");
    }

    private void interfaces() {
        output.add("Interface       Status  VRF             Addresses");
        output.add("---------       ------  ---             ---------");
        for (Link link : router.routes.links()) {
            output.add(String.format("%-15s up      default         %s/%d", link.name(), link.address(),
                    link.network().length()));
        }
        output.addAll(List.of("lo              up      default         ", ""));
    }

    @Override
    String line(StaticRoute route) {
        String line = (route.prefix().network().v6() ? "ipv6 route " : "ip route ") + route.prefix()
                + route.hop().map(h -> " " + h).orElse("")
                + (route.interfaceName().isEmpty() ? "" : " " + route.interfaceName())
                + (route.more().isEmpty() ? "" : " " + route.more())
                + (route.distance() == 1 ? "" : " " + route.distance());
        return route.vrf().isEmpty() ? line : "vrf " + route.vrf() + "\n " + line + "\nexit-vrf";
    }
}
