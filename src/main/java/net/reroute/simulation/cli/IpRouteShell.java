package net.reroute.simulation.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Prefix;
import net.reroute.simulation.BadLine;
import net.reroute.simulation.Link;
import net.reroute.simulation.RouteWords;
import net.reroute.simulation.RouterBox;
import net.reroute.simulation.StaticRoutes.Static;

/** What NX-OS, EOS and FRR have in common: the modes of IOS, and routes whose lines begin with {@code ip route}. */
abstract class IpRouteShell extends Shell {

    private final RouteWords routeWords;

    IpRouteShell(RouterBox box, Routes routes, RouteWords routeWords) {
        super(box, false);
        this.routeWords = routeWords;
        for (boolean v6 : List.of(false, true)) {
            String ip = v6 ? "ipv6" : "ip";
            routes.commands(user, output, "show " + ip + " route", v6);
            routes.commands(privileged, output, "show " + ip + " route", v6);
            config.on(ip + " route LINE", w -> edit(w, true, x -> read(x, 2, v6, 1)))
                    .on("no " + ip + " route LINE", w -> edit(w, false, x -> read(x, 3, v6, 0)));
        }
        for (var tree : List.of(user, privileged)) {
            tree.on("exit", w -> over = true).on("quit", w -> over = true)
                    .on("show version", w -> output.addAll(version()));
        }
        privileged.on("configure terminal", w -> begin()).on("configure", w -> begin())
                .on("show running-config", w -> output.addAll(running()))
                .on("show startup-config", w -> output.addAll(running())).on("disable", w -> mode = Mode.USER);
        configCommands();
    }

    private void configCommands() {
        config.on("end", w -> leave()).on("exit", w -> up()).on("do LINE", w -> inside(w.subList(1, w.size())))
                .on("interface LINE", w -> branch = w);
        for (String taken : List.of("hostname LINE", "no LINE", "ip LINE", "ipv6 LINE", "logging LINE", "shutdown",
                "description LINE", "username LINE", "banner LINE")) {
            config.on(taken, w -> nothing());
        }
    }

    abstract List<String> version();

    /** Said when configuration mode is entered. */
    List<String> entered() {
        return List.of();
    }

    private void begin() {
        if (configure(false)) {
            output.addAll(entered());
        }
    }

    private static void nothing() {
        // taken, and without a word
    }

    private void up() {
        if (branch.isEmpty()) {
            leave();
        }
        branch = List.of();
    }

    @Override
    void interrupt() {
        if (mode == Mode.CONFIG) {
            leave();
        }
    }

    String configPrompt() {
        return box.faults.hidesConfigPrompt() ? "" : branch.isEmpty() ? "(config)" : "(config-if)";
    }

    /** @param from where the words begin that follow {@code ip route} */
    private Static read(List<String> typed, int from, boolean v6, int distance) throws BadLine {
        List<String> words = new ArrayList<>(typed);
        String vrf = Routes.vrf(words);
        int at = words.indexOf("vrf");
        if (at >= 0) {
            words.subList(at, Math.min(at + 2, words.size())).clear();
        }
        if (words.size() <= from) {
            throw new BadLine(-1, "");
        }
        Prefix prefix = RouteWords.prefix(words, from, v6);
        Static route = routeWords.parse(words, from + 1,
                new Static(vrf, prefix, Optional.empty(), "", distance, "", true));
        if (route.hop().filter(box.routes::isOwn).isPresent()) {
            throw new BadLine(typed.indexOf(route.hop().get().toString()), "");
        }
        return route;
    }

    private List<String> running() {
        List<String> lines = new ArrayList<>(List.of("!", "hostname " + box.setup.hostname(), "!"));
        for (Link link : box.routes.links()) {
            lines.addAll(List.of("interface " + link.name(), "   " + (link.address().v6() ? "ipv6" : "ip")
                    + " address " + link.address() + "/" + link.network().length(), "!"));
        }
        box.routes.written().stream().sorted((a, b) -> a.prefix().compareTo(b.prefix())).map(this::line)
                .forEach(lines::add);
        lines.addAll(List.of("!", "end"));
        return lines;
    }
}
