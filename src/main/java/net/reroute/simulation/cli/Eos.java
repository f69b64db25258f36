package net.reroute.simulation.cli;

import java.util.List;
import net.reroute.simulation.cli.CommandTree.Trouble;

/** Arista EOS 4. Show commands work in configuration mode too. */
final class Eos extends IosStyleSession {

    private static final String CODES = """
                                        Codes: C - connected, S - static, K - kernel,
                                               O - OSPF, IA - OSPF inter area, E1 - OSPF external type 1,
                                               NG - Nexthop Group Static Route, V - VXLAN Control Service,
                                               DP - Dynamic Policy Route, L - VRF Leaked

                                        """;
    private static final String WAY6 = "           via {hop}, {link}\n";
    private static final TableFormat FOUR = TableFormat.plain("\nVRF: {vrf}\n" + CODES,
            " S        {prefix} [{distance}/0] via {hop}, {link}", "          {blank}       via {hop}, {link}",
            " C        {network} is directly connected, {link}", "");
    private static final TableFormat SIX = TableFormat.plain(
            "\nVRF: {vrf}\nDisplaying 2 of 9 IPv6 routing table entries\n" + CODES,
            " S        {prefix} [{distance}/0]\n" + WAY6, WAY6,
            " C        {network} [0/0]\n           via {link}, directly connected", "");

    Eos(RouterState router) {
        super(router, new FormattedTable(router, FOUR, SIX),
                new RouteKeywords(List.of("tag", "name", "metric", "track"),
                        List.of("bfd"), List.of("tag", "name", "metric", "track", "bfd")));
        asksForPrivilege("% Bad secret");
        privileged.on("configure", w -> begin());
        config.on("show LINE", w -> inside(w));
        List.of(user, privileged).forEach(this::shows);
        List.of(user, privileged, config).forEach(this::terminals);
        for (String save : List.of("write memory", "write", "copy running-config startup-config")) {
            List.of(privileged, config).forEach(tree -> tree.on(save, w -> save("Copy completed successfully.")));
        }
    }

    private void shows(CommandTree tree) {
        tree.on("show clock", w -> output.add("Fri Nov 20 10:15:01 2026"))
                .on("show ip interface brief", w -> interfaces()).on("show ipv6 interface brief", w -> interfaces6())
                .on("show ip interface vrf NAME brief", w -> interfaces())
                .on("show ipv6 interface vrf NAME brief", w -> interfaces6());
    }

    private void terminals(CommandTree tree) {
        tree.on("terminal length NUMBER", w -> length(w.get(2)))
                .on("terminal width NUMBER", w -> output.add("Width set to " + w.get(2) + " columns."))
                .on("no terminal monitor", w -> nothing()).on("terminal monitor", w -> nothing());
        PingCommand.unix(router, tree, "ping", output);
    }

    private void length(String number) {
        pageLength(number);
        output.add(number.equals("0") ? "Pagination disabled." : "Pagination set to " + number + " lines.");
    }

    @Override
    String greeting() {
        return "\n" + router.setup.banner() + "\n";
    }

    @Override
    String prompt() {
        return hostname() + (mode == VtyMode.CONFIG ? configPrompt() : "") + (mode == VtyMode.USER ? ">" : "#");
    }

    @Override
    String message() {
        return "Nov 20 10:15:02 " + router.setup.hostname()
                + " Ebra: %LINEPROTO-5-UPDOWN: Line protocol on Interface Ethernet3, changed state to down\n";
    }

    @Override
    List<String> complaint(List<String> words, Trouble trouble, int bad) {
        String token = bad < 0 ? "" : " (at token " + bad + ": '" + words.get(bad) + "')";
        return List.of(switch (trouble) {
            case AMBIGUOUS -> "% Ambiguous command" + token;
            case INCOMPLETE -> "% Incomplete command";
            default -> "% Invalid input" + token;
        });
    }

    @Override
    String locked() {
        return "Configuration is locked by user noc";
    }

    @Override
    List<String> version() {
        return List.of("Arista vEOS-lab", "Hardware version: ", "Serial number: SIMULATED", "",
                "Software image version: 4.29.2F", "Architecture: x86_64", "", "Uptime: 3 weeks");
    }

    private void interfaces() {
        output.add(" ".repeat(78) + "Address");
        output.add("Interface         IP Address           Status       Protocol            MTU    Owner  ");
        output.add("----------------- -------------------- ------------ -------------- ----------- -------");
        router.routes.links().stream().filter(l -> !l.address().v6()).forEach(l -> output.add(String.format(
                "%-17s %-20s %-12s %-14s %11s", l.name(), l.address() + "/" + l.network().length(), "up", "up",
                "1500")));
    }

    private void interfaces6() {
        output.add("   Interface       Status    MTU  IPv6 Address                   Addr State  Addr Source");
        output.add("--------------- ---------- ------ ------------------------------ ----------- -----------");
        router.routes.links().stream().filter(l -> l.address().v6()).forEach(l -> output.add(String.format(
                "   %-15s up        1500  %-30s up          config", l.name(),
                l.address() + "/" + l.network().length())));
    }

    @Override
    String line(StaticRoute route) {
        return (route.prefix().network().v6() ? "ipv6 route " : "ip route ")
                + (route.vrf().isEmpty() ? "" : "vrf " + route.vrf() + " ") + route.prefix()
                + (route.interfaceName().isEmpty() ? "" : " " + route.interfaceName())
                + route.hop().map(h -> " " + h).orElse("") + (route.distance() == 1 ? "" : " " + route.distance())
                + (route.more().isEmpty() ? "" : " " + route.more());
    }
}
