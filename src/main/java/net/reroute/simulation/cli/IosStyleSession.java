package net.reroute.simulation.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Prefix;
import net.reroute.simulation.Link;

/** The common part of IOS, NX-OS, EOS and FRR: their modes, and routes that begin with {@code ip route}. */
abstract class IosStyleSession extends ConfigurableVty {

    private static final int TRIES = 3;

    private final RouteKeywords routeWords;
    /** The submode, such as {@code if} inside {@code interface}; empty: none. */
    private String submode = "";

    IosStyleSession(RouterState router, RoutingTable routes, RouteKeywords routeWords) {
        super(router, false);
        this.routeWords = routeWords;
        for (boolean v6 : List.of(false, true)) {
            String ip = v6 ? "ipv6" : "ip";
            routes.commands(this, user, "show " + ip + " route", v6);
            routes.commands(this, privileged, "show " + ip + " route", v6);
            config.on(ip + " route LINE", w -> edit(w, true, x -> read(x, 2, v6, true)))
                    .on("no " + ip + " route LINE", w -> edit(w, false, x -> read(x, 3, v6, false)));
        }
        for (CommandTree tree : List.of(user, privileged)) {
            tree.on("exit", w -> over = true).on("quit", w -> over = true)
                    .on("show version", w -> output.addAll(version()));
        }
        privileged.on("configure terminal", w -> begin()).on("show running-config", w -> output.addAll(running()))
                .on("show startup-config", w -> output.addAll(running())).on("disable", w -> mode = VtyMode.USER);
        configCommands();
    }

    private void configCommands() {
        config.on("end", w -> leave()).on("exit", w -> up()).on("do LINE", w -> inside(w.subList(1, w.size())))
                .on("interface LINE", w -> submode = "if");
        taken("hostname LINE", "no LINE", "ip LINE", "ipv6 LINE", "logging LINE", "shutdown", "description LINE",
                "username LINE", "banner LINE");
    }

    /** Accepts lines of configuration that are not routes. They change nothing here. */
    final void taken(String... lines) {
        for (String line : lines) {
            config.on(line, w -> nothing());
        }
    }

    /** Accepts lines of configuration that enter a submode, named after their first word. */
    final void submodes(String... lines) {
        for (String line : lines) {
            config.on(line, w -> submode = w.getFirst());
        }
    }

    abstract List<String> version();

    /** The answer when configuration mode is entered. */
    List<String> entered() {
        return List.of();
    }

    /** Enters configuration mode. Returns false if it is locked. */
    final boolean begin() {
        boolean open = configure(false);
        if (open) {
            output.addAll(entered());
        }
        return open;
    }

    private void up() {
        if (submode.isEmpty()) {
            leave();
        }
        submode = "";
    }

    @Override
    final void leave() {
        super.leave();
        submode = "";
    }

    @Override
    final void interrupt() {
        if (mode == VtyMode.CONFIG) {
            leave();
        }
    }

    String configPrompt() {
        if (router.faults.hidesConfigPrompt()) {
            return "";
        }
        return submode.isEmpty() ? "(config)" : "(config-" + submode + ")";
    }

    // ---- privilege -----------------------------------------------------------------------------------------------

    /**
     * Starts in user mode, unless the user is privileged, and makes {@code enable} ask for a password.
     *
     * @param refusal answer to a wrong password
     */
    final void asksForPrivilege(String refusal) {
        mode = router.setup.privileged() ? VtyMode.PRIVILEGED : VtyMode.USER;
        user.on("enable", w -> enable(refusal));
        privileged.on("enable", w -> nothing());
    }

    private void enable(String refusal) throws IOException {
        boolean open = router.setup.enable().isEmpty();
        for (int i = 0; i < TRIES && !open; i++) {
            terminal.print(router.faults.passwordQuestion());
            open = terminal.readLine("", false).equals(router.setup.enable());
        }
        if (open) {
            mode = VtyMode.PRIVILEGED;
        } else {
            output.add(refusal);
        }
    }

    // ---- routes --------------------------------------------------------------------------------------------------

    /**
     * Parses a static route.
     *
     * @param from index of the first word after {@code ip route}
     * @param adds false if the line removes routes; no distance then means any
     */
    StaticRoute read(List<String> typed, int from, boolean v6, boolean adds) throws InvalidInput {
        List<String> words = new ArrayList<>(typed);
        String vrf = RoutingTable.vrf(words);
        int at = words.indexOf("vrf");
        if (at >= 0) {
            words.subList(at, Math.min(at + 2, words.size())).clear();
        }
        if (words.size() <= from) {
            throw new InvalidInput(-1);
        }
        Prefix prefix = RouteKeywords.prefix(words, from, v6);
        StaticRoute route = routeWords.parse(words, from + 1,
                new StaticRoute(vrf, prefix, Optional.empty(), "", adds ? 1 : 0, "", true));
        if (route.hop().filter(router.routes::isOwn).isPresent()) {
            throw new InvalidInput(typed.indexOf(route.hop().get().toString()));
        }
        return route;
    }

    @Override
    final List<StaticRoute> configured() {
        return router.routes.written().stream().sorted(Comparator.comparing(StaticRoute::prefix)).toList();
    }

    List<String> running() {
        List<String> lines = new ArrayList<>(List.of("!", "hostname " + router.setup.hostname(), "!"));
        for (Link link : router.routes.links()) {
            lines.addAll(List.of("interface " + link.name(), "   " + (link.address().v6() ? "ipv6" : "ip")
                    + " address " + link.address() + "/" + link.network().length(), "!"));
        }
        configured().stream().map(this::line).forEach(lines::add);
        lines.addAll(List.of("!", "end"));
        return lines;
    }
}
