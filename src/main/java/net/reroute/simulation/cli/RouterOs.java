package net.reroute.simulation.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.core.Prefix;
import net.reroute.simulation.cli.CommandTree.Trouble;

/** MikroTik RouterOS 7: menus instead of modes, and a line editor that redraws every line. */
final class RouterOs extends ConfigurableVty {

    RouterOs(RouterState router) {
        super(router, false);
        for (boolean v6 : List.of(false, true)) {
            String ip = v6 ? "ipv6" : "ip";
            RouterOsTable routes = new RouterOsTable(router, v6);
            privileged.on(ip, w -> branch = w).on(ip + " route", w -> branch = w)
                    .on(ip + " route add LINE", w -> edit(w, true, x -> read(x, v6)))
                    .on(ip + " route remove LINE", w -> remove(routes, w))
                    .on(ip + " route print", w -> output.addAll(routes.print("")))
                    .on(ip + " route print LINE", w -> output.addAll(routes.print(rest(w))))
                    .on(ip + " route export", w -> exported(v6)).on(ip + " route export LINE", w -> exported(v6))
                    .on(ip + " address print", w -> addresses(v6));
        }
        privileged.on(":foreach a in=[/ip address find] LINE", w -> addresses(false))
                .on(":foreach a in=[/ipv6 address find] LINE", w -> addresses(true)).on("/", w -> branch = List.of())
                .on("..", w -> branch = branch.subList(0, Math.max(0, branch.size() - 1)))
                .on("quit", w -> over = true).on("ping LINE", w -> ping(w))
                .on("system identity print", w -> output.add("  name: " + router.setup.hostname()))
                .on("system resource print", w -> output.add("  version: 7.16.2 (stable)"));
    }

    @Override
    void prepare(Terminal screen) {
        screen.more("-- [Q quit|D dump|down]");
        screen.length(0);
    }

    @Override
    String greeting() {
        return "\n\n\n  MMM      MMM       KKK                          TTTTTTTTTTT      KKK\n"
                + "  MikroTik RouterOS 7.16.2 (c) 1999-2024       https://www.mikrotik.com/\n\nPress F1 for help\n"
                + router.setup.banner() + "\n";
    }

    private String shownPrompt() {
        return "[" + router.setup.user() + "@" + hostname() + "] "
                + (branch.isEmpty() ? "" : "/" + String.join("/", branch)) + "> ";
    }

    @Override
    String prompt() {
        return "\r\r\r\u001b[9999B" + shownPrompt();
    }

    @Override
    String repainted(String line) {
        return "\r" + shownPrompt() + line + "\n";
    }

    @Override
    String message() {
        return "10:15:02 echo: system,error,critical login failure for user root from 192.0.2.66 via ssh\n";
    }

    /** A path is words between slashes; the rest of the line may contain slashes of its own. */
    @Override
    List<String> words(String line) {
        if (line.equals("/") || !line.startsWith("/")) {
            return Arrays.asList(line.split(" +"));
        }
        String path = line.replaceFirst(" .*", "");
        return Arrays.asList((path.substring(1).replace('/', ' ') + line.substring(path.length())).split(" +"));
    }

    @Override
    String whole(List<String> words) {
        return "/" + super.whole(words);
    }

    @Override
    List<String> filtered(List<String> lines, String by) {
        List<String> all = new ArrayList<>(lines);
        all.add("");
        return all;
    }

    @Override
    List<String> complaint(List<String> words, Trouble trouble, int bad) {
        return List.of(switch (trouble) {
            case AMBIGUOUS -> "ambiguous value of command, more than one possible value matches input";
            case INCOMPLETE -> "missing value(s) of argument(s) gateway";
            default -> unknown(words, bad);
        });
    }

    private static String unknown(List<String> words, int bad) {
        String word = bad < 0 ? "" : words.get(bad);
        if (bad == 0) {
            return "bad command name " + word + " (line 1 column 1)";
        }
        int column = String.join(" ", words.subList(0, Math.max(0, bad))).length() + 2;
        return word.indexOf('=') > 0
                ? "invalid value for argument " + word.substring(0, word.indexOf('='))
                : "syntax error (line 1 column " + column + ")";
    }

    @Override
    String locked() {
        return "configuration is locked by another session in safe mode";
    }

    // ---- configuration -------------------------------------------------------------------------------------------

    private static StaticRoute read(List<String> words, boolean v6) throws InvalidInput {
        List<String> values = new ArrayList<>(words);
        Map<String, Integer> places = places(words, values);
        if (!places.keySet().containsAll(List.of("dst-address", "gateway"))) {
            throw new InvalidInput(-1);
        }
        Prefix prefix = RouteKeywords.prefix(values, places.get("dst-address"), v6);
        int gateway = places.get("gateway");
        String[] via = values.get(gateway).split("%", 2);
        values.set(gateway, via[0]);
        String distance = places.containsKey("distance") ? values.get(places.get("distance")) : "1";
        if (!distance.matches("\\d{1,3}")) {
            throw new InvalidInput(places.get("distance"));
        }
        String comment = places.containsKey("comment") ? "comment=" + values.get(places.get("comment")) + " " : "";
        return new StaticRoute("", prefix, Optional.of(RouteKeywords.address(values, gateway, v6)),
                via.length > 1 ? via[1] : "", Integer.parseInt(distance), comment, true);
    }

    /** The index of each name. In {@code values} only the value of each word remains. */
    private static Map<String, Integer> places(List<String> words, List<String> values) throws InvalidInput {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 3; i < words.size(); i++) {
            int equals = words.get(i).indexOf('=');
            if (equals < 0) {
                throw new InvalidInput(i);
            }
            places.put(words.get(i).substring(0, equals), i);
            values.set(i, words.get(i).substring(equals + 1));
        }
        return places;
    }

    /** Removes routes. Prints nothing if {@code find} finds none. */
    private void remove(RouterOsTable routes, List<String> words) {
        String which = rest(words);
        if (!which.matches("\\[find .*\\]")) {
            output.add("no such item");
            return;
        }
        String wanted = which.substring("[find ".length(), which.length() - 1).replace(" ", " and ");
        for (StaticRoute route : router.routes.written().stream().filter(s -> routes.fits(s, wanted)).toList()) {
            edit(words, false, w -> route);
        }
    }

    private static String rest(List<String> words) {
        return String.join(" ", words.subList(3, words.size()));
    }

    // ---- what it shows -------------------------------------------------------------------------------------------

    private void exported(boolean v6) {
        output.addAll(List.of("# 2026-11-20 10:15:00 by RouterOS 7.16.2", "# software id = ABCD-EFGH", "#"));
        router.routes.written().stream().filter(s -> s.prefix().network().v6() == v6).map(this::line)
                .forEach(output::add);
    }

    private void addresses(boolean v6) {
        router.routes.links().stream().filter(l -> l.address().v6() == v6)
                .forEach(l -> output.add(l.address() + "/" + l.network().length()));
    }

    private void ping(List<String> words) {
        boolean answers = PingCommand.target(words).flatMap(router.routes::connected).isPresent();
        String to = PingCommand.target(words).map(Object::toString).orElse("?");
        output.add("  SEQ HOST                                     SIZE TTL TIME       STATUS");
        for (int i = 0; i < 2; i++) {
            output.add(String.format("%5d %-40s %s", i, to, answers ? "  56  64 312us     " : "              timeout"));
        }
        output.add("    sent=2 received=" + (answers ? "2 packet-loss=0%" : "0 packet-loss=100%"));
        output.add("");
    }

    @Override
    String line(StaticRoute route) {
        return "/" + (route.prefix().network().v6() ? "ipv6" : "ip") + " route add " + route.more()
                + "disabled=no distance=" + route.distance() + " dst-address=" + route.prefix() + " gateway="
                + RouterOsTable.gateway(route) + " routing-table=main scope=30 target-scope=10";
    }
}
