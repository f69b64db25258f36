package net.reroute.simulation.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.reroute.simulation.Link;
import net.reroute.simulation.cli.CommandTree.Trouble;

/** Cisco IOS XR 7: lines wait for a commit, and static routes have their own branch of the configuration. */
final class IosXr extends ConfigurableVty {

    private static final String STAMP = "Fri Nov 20 10:15:01.123 UTC";

    private boolean stamps = true;

    IosXr(RouterState router) {
        super(router, true);
        RoutingTable routes = new FormattedTable(router, IosXrSyntax.FOUR, IosXrSyntax.SIX);
        routes.commands(this, privileged, "show route ipv4", false);
        routes.commands(this, privileged, "show route ipv6", true);
        privileged.on("exit", w -> over = true).on("configure terminal", w -> configure(false))
                .on("configure", w -> configure(false)).on("configure exclusive", w -> configure(true))
                .on("terminal length NUMBER", w -> pageLength(w.get(2)))
                .on("terminal exec prompt no-timestamp", w -> stamps = false)
                .on("terminal exec prompt timestamp", w -> stamps = true).on("terminal LINE", w -> nothing())
                .on("ping LINE", w -> output.addAll(PingCommand.iosXr(router, w)));
        shows();
        config.on("router static", w -> branch = w).on("router static LINE", w -> branchOrRoute(w))
                .on("no router static LINE", w -> edit(w, false, x -> IosXrSyntax.read(x, 3, 0)))
                .on("commit", w -> commit()).on("commit LINE", w -> commit()).on("abort", w -> leave())
                .on("clear", w -> candidate().discard()).on("root", w -> branch = List.of())
                .on("show configuration", w -> output.addAll(candidate().lines()))
                .on("do LINE", w -> inside(w.subList(1, w.size()))).on("end", w -> end()).on("exit", w -> up());
    }

    private void shows() {
        privileged.on("show version", w -> output.add("Cisco IOS XR Software, Version 7.3.2"))
                .on("show running-config formal router static", w -> formal())
                .on("show running-config router static", w -> formal()).on("show running-config", w -> running())
                .on("show ipv4 interface brief", w -> interfaces()).on("show ipv6 interface brief", w -> interfaces6())
                .on("show ipv4 vrf NAME interface brief", w -> interfaces())
                .on("show ipv6 vrf NAME interface brief", w -> interfaces6());
    }

    @Override
    String greeting() {
        return "\n" + router.setup.banner() + "\n";
    }

    @Override
    String prompt() {
        return "RP/0/RSP0/CPU0:" + hostname() + (mode == VtyMode.CONFIG ? "(config" + submode() + ")#" : "#");
    }

    private String submode() {
        if (branch.isEmpty()) {
            return "";
        }
        return branch.contains("address-family") ? "-static-afi" : "-static";
    }

    @Override
    String message() {
        return "RP/0/RSP0/CPU0:Nov 20 10:15:02.123 : ifmgr[321]: %PKT_INFRA-LINK-3-UPDOWN : Interface"
                + " GigabitEthernet0/0/0/2, changed state to Down \n";
    }

    @Override
    List<String> filtered(List<String> lines, String by) {
        List<String> kept = new ArrayList<>(super.filtered(lines, by));
        if (stamps && !kept.isEmpty()) {
            kept.addFirst(STAMP);
        }
        return kept;
    }

    @Override
    List<String> complaint(List<String> words, Trouble trouble, int bad) {
        return switch (trouble) {
            case AMBIGUOUS -> List.of("% Ambiguous command:  \"" + String.join(" ", words) + "\"");
            case INCOMPLETE -> List.of("% Incomplete command.");
            default -> List.of(caret(words, bad), "% Invalid input detected at '^' marker.");
        };
    }

    @Override
    String locked() {
        return "Cannot enter configuration mode. The configuration namespace is locked by another agent.";
    }

    @Override
    void interrupt() {
        if (mode == VtyMode.CONFIG) {
            leave();
        }
    }

    // ---- configuration -------------------------------------------------------------------------------------------

    private void branchOrRoute(List<String> words) {
        if (words.getLast().matches("unicast|multicast") || words.size() == 4 && words.get(2).equals("vrf")) {
            branch = words;
        } else {
            edit(words, true, w -> IosXrSyntax.read(w, 2, 1));
        }
    }

    private void commit() {
        if (candidate().coming().stream().anyMatch(s -> s.hop().filter(router.routes::isOwn).isPresent())) {
            output.add("");
            output.add(
                    "% Failed to commit one or more configuration items during a pseudo-atomic operation. All changes"
                            + " made have been reverted. Please issue 'show configuration failed [inheritance]' from this session"
                            + " to view the errors");
        } else if (candidate().isEmpty()) {
            output.add("% No configuration changes to commit.");
        } else {
            candidate().commit();
        }
    }

    private void up() throws IOException {
        if (branch.isEmpty()) {
            end();
        }
        branch = branch.size() > 2 ? List.of("router", "static") : List.of();
    }

    private void end() throws IOException {
        if (!candidate().isEmpty()) {
            terminal.print("Uncommitted changes found, commit them before exiting(yes/no/cancel)? [cancel]:");
            String answer = terminal.readLine("", true);
            if (answer.startsWith("y")) {
                commit();
            } else if (!answer.startsWith("n")) {
                return;
            }
        }
        leave();
    }

    // ---- what it shows -------------------------------------------------------------------------------------------

    private void formal() {
        output.add("router static");
        for (boolean v6 : List.of(false, true)) {
            output.add("router static address-family " + (v6 ? "ipv6" : "ipv4") + " unicast");
            router.routes.written().stream().filter(s -> s.prefix().network().v6() == v6).map(this::line)
                    .forEach(output::add);
        }
        output.add("");
    }

    private void running() {
        output.addAll(List.of("Building configuration...", "!! IOS XR Configuration 7.3.2",
                "hostname " + router.setup.hostname()));
        formal();
        output.add("end");
    }

    private void interfaces() {
        output.add("Interface                      IP-Address      Status          Protocol Vrf-Name");
        router.routes.links().stream().filter(l -> !l.address().v6()).forEach(l -> output.add(String.format(
                "%-30s %-15s Up              Up       default", l.name(), l.address())));
    }

    private void interfaces6() {
        for (Link link : router.routes.links().stream().filter(l -> l.address().v6()).toList()) {
            output.addAll(List.of(link.name() + " [Up/Up]", "    " + link.address()));
        }
    }

    @Override
    String line(StaticRoute route) {
        return IosXrSyntax.line(route);
    }
}
