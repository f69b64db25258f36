package net.reroute.simulation.cli;

import java.util.List;
import java.util.Optional;
import net.reroute.core.Prefix;
import net.reroute.simulation.cli.CommandTree.Trouble;

/** VyOS 1.3: FRR's table, and a configuration tree that {@code set} and {@code delete} change. */
final class VyOs extends ConfigurableVty {

    VyOs(RouterState router) {
        super(router, true);
        RoutingTable routes = new FormattedTable(router, Frr.ZEBRA, Frr.ZEBRA);
        routes.commands(this, privileged, "show ip route", false);
        routes.commands(this, privileged, "show ipv6 route", true);
        privileged.on("configure", w -> begin()).on("exit", w -> over = true).on("show interfaces", w -> interfaces())
                .on("set terminal length NUMBER",
                        w -> pageLength(w.get(3)))
                .on("set terminal width NUMBER", w -> nothing())
                .on("show version", w -> output.add("Version:          VyOS 1.3.3"))
                .on("show configuration commands", w -> commands());
        PingCommand.unix(router, privileged, "ping", output);
        config.on("set LINE", w -> set(w)).on("delete LINE", w -> edit(w, false, x -> read(x, 0)))
                .on("compare", w -> compare()).on("commit", w -> commit()).on("discard", w -> discard())
                .on("save", w -> save("Saving configuration to '/config/config.boot'...", "Done"))
                .on("run LINE", w -> inside(w.subList(1, w.size()))).on("exit", w -> exit())
                .on("exit discard", w -> exited());
    }

    @Override
    void prepare(Terminal screen) {
        screen.more(":");
    }

    @Override
    String greeting() {
        return "Welcome to VyOS!\n\n" + router.setup.banner() + "\nCheck out project news at https://blog.vyos.io\n";
    }

    @Override
    String prompt() {
        String who = router.setup.user() + "@" + hostname();
        return mode == VtyMode.CONFIG ? "[edit]\n" + who + "# " : who + ":~$ ";
    }

    @Override
    String message() {
        return "\nMessage from syslogd@" + router.setup.hostname() + " at Nov 20 10:15:02  ...\n"
                + router.setup.hostname()
                + " kernel: link eth2 down\n\n";
    }

    @Override
    List<String> complaint(List<String> words, Trouble trouble, int bad) {
        if (mode != VtyMode.CONFIG) {
            return List.of("", "  " + trouble.word() + " command: " + String.join(" ", words), "");
        }
        boolean sets = words.getFirst().equals("set");
        String why = trouble == Trouble.UNKNOWN && bad >= 0 && words.get(bad).matches("[\\d.:/a-f]+")
                ? "Error: " + words.get(bad) + " is not a valid address\n\n  Value validation failed"
                : "Configuration path: [" + String.join(" ", words.subList(1, words.size())) + "] is not valid";
        return List.of("", "  " + why, sets ? "  Set failed" : "  Delete failed", "");
    }

    @Override
    String locked() {
        return "Configuration system temporarily locked due to another commit in progress";
    }

    @Override
    List<String> notThere() {
        return List.of("", "  Nothing to delete (the specified node does not exist)", "");
    }

    // ---- configuration -------------------------------------------------------------------------------------------

    private void begin() {
        configure(false);
    }

    private void set(List<String> words) {
        int before = candidate().coming().size() + candidate().going().size();
        edit(words, true, x -> read(x, 1));
        int now = candidate().coming().size() + candidate().going().size();
        if (output.isEmpty() && before == now && candidate().isEmpty()) {
            output.addAll(List.of("", "  Configuration path: [" + String.join(" ", words.subList(1, words.size()))
                    + "] already exists", ""));
        }
    }

    /**
     * Parses {@code set [vrf name V] protocols static route P next-hop H [distance D]}.
     *
     * @param distance to use if the line has none
     */
    private static StaticRoute read(List<String> words, int distance) throws InvalidInput {
        int at = words.size() > 4 && words.get(1).equals("vrf") ? 4 : 1;
        boolean v6 = words.size() > at + 2 && words.get(at + 2).equals("route6");
        if (words.size() < at + 4) {
            throw new InvalidInput(-1);
        }
        if (!String.join(" ", words.subList(at, at + 3)).matches("protocols static route6?")) {
            throw new InvalidInput(at);
        }
        Prefix prefix = RouteKeywords.prefix(words, at + 3, v6);
        StaticRoute route = new StaticRoute(at == 4 ? words.get(3) : "", prefix, Optional.empty(), "", distance, "",
                true);
        return words.size() == at + 4 ? route : lookup(words, at + 4, route);
    }

    private static StaticRoute lookup(List<String> words, int from, StaticRoute route) throws InvalidInput {
        int more = words.size() - from;
        if (!words.get(from).equals("next-hop") || more == 1) {
            throw new InvalidInput(from);
        }
        boolean distance = more == 4 && words.get(from + 2).equals("distance")
                && words.get(from + 3).matches("'?\\d{1,3}'?");
        if (more > 2 && !distance) {
            throw new InvalidInput(from + 2);
        }
        return new StaticRoute(route.vrf(), route.prefix(),
                Optional.of(RouteKeywords.address(words, from + 1, route.prefix().network().v6())), "",
                distance ? Integer.parseInt(words.get(from + 3).replace("'", "")) : route.distance(), "", true);
    }

    private void compare() {
        candidate().going().forEach(s -> compared(s, "-"));
        candidate().coming().forEach(s -> compared(s, "+"));
        if (output.isEmpty()) {
            output.addAll(List.of("No changes between working and active configurations.", ""));
        }
    }

    private void compared(StaticRoute route, String sign) {
        String edit = "[edit" + path(route) + "]";
        if (!output.contains(edit)) {
            output.add(edit);
        }
        output.add(sign + "next-hop " + RoutingTable.hop(route) + " {");
        output.add(sign + "}");
    }

    private void commit() {
        if (candidate().isEmpty()) {
            output.add("No configuration changes to commit");
        }
        candidate().commit();
    }

    private void discard() {
        output.add(candidate().isEmpty() ? "No changes have been discarded" : "Changes have been discarded");
        candidate().discard();
    }

    private void exit() {
        if (candidate().isEmpty()) {
            exited();
        } else {
            output.addAll(List.of("Cannot exit: configuration modified.",
                    "Use 'exit discard' to discard the changes and exit."));
        }
    }

    private void exited() {
        leave();
        output.add("exit");
    }

    // ---- what it shows -------------------------------------------------------------------------------------------

    private void commands() {
        router.routes.links().forEach(l -> output.add("set interfaces ethernet " + l.name() + " address '" + l.address()
                + "/" + l.network().length() + "'"));
        router.routes.written().stream().map(this::line).sorted().forEach(output::add);
        output.add("set system host-name '" + router.setup.hostname() + "'");
    }

    private void interfaces() {
        output.add("Codes: S - State, L - Link, u - Up, D - Down, A - Admin Down");
        output.add("Interface        IP Address                        S/L  Description");
        output.add("---------        ----------                        ---  -----------");
        router.routes.links().forEach(l -> output.add(String.format("%-16s %-33s u/u  ", l.name(),
                l.address() + "/" + l.network().length())));
        output.add("lo               127.0.0.1/8                       u/u  ");
    }

    private static String path(StaticRoute route) {
        return (route.vrf().isEmpty() ? "" : " vrf name " + route.vrf()) + " protocols static route"
                + (route.prefix().network().v6() ? "6 " : " ") + route.prefix();
    }

    @Override
    String line(StaticRoute route) {
        return "set" + path(route) + " next-hop " + RoutingTable.hop(route)
                + (route.distance() == 1 ? "" : " distance '" + route.distance() + "'");
    }
}
