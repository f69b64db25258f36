package net.reroute.redirect.route.linux;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.reroute.core.Address;
import net.reroute.core.Prefix;
import net.reroute.core.Service;
import net.reroute.core.Text;
import net.reroute.redirect.route.router.Route;
import net.reroute.redirect.route.router.RouterException;
import net.reroute.ssh.Shell.Output;

/**
 * Reads routes of a Linux router, in time and memory that do not grow with foreign routes: by the kernel's own lookup
 * if that matches exactly the prefix, else from a table that is filtered on the router. Text of {@code ip} counts as
 * understood once {@code ip -j} confirms it. Not thread-safe.
 */
final class IpReader {

    /** Runs a script on the router. */
    interface Runner {
        Output run(String script, Duration within) throws RouterException;
    }

    /** HEAD: the table up to a limit. MATCH: a lookup for each prefix. SELECT: the table, filtered on the router. */
    enum Way {
        HEAD, MATCH, SELECT
    }

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** A million routes took 7 s to print and filter. */
    private static final Duration LONG_PATIENCE = Duration.ofSeconds(20);
    private static final int TRIES = 3;

    private final Runner runner;
    private final IpScript script;
    private final IpProgram program;
    private boolean large;
    private Map<Prefix, String> agreed = new HashMap<>();

    IpReader(Runner runner, IpScript script, IpProgram program) {
        this.runner = runner;
        this.script = script;
        this.program = program;
    }

    /** The routes now. Each has the reason why reroute must not change it, if there is one. */
    Map<Prefix, Route> routes(Collection<Prefix> prefixes) throws RouterException {
        return witnessed(read(prefixes, way(prefixes)));
    }

    private Map<Prefix, IpText> read(Collection<Prefix> prefixes, Way way) throws RouterException {
        Output answer = runner.run(script(prefixes, way), patience(prefixes, way));
        return understood(answer.out(), answer.err(), prefixes, way);
    }

    /** The way to read these prefixes next time. */
    Way way(Collection<Prefix> prefixes) {
        if (prefixes.size() > IpScript.ASK_EACH && !large) {
            return Way.HEAD;
        }
        return program.matches() && script.isMain() ? Way.MATCH : Way.SELECT;
    }

    String script(Collection<Prefix> prefixes, Way way) {
        return switch (way) {
            case HEAD -> script.dump(program, prefixes);
            case MATCH -> script.matches(program.options(), prefixes);
            case SELECT -> script.select(program, prefixes);
        };
    }

    /** The deadline for a read: one more millisecond for each prefix, since tables may be large and links slow. */
    static Duration patience(Collection<Prefix> prefixes, Way way) {
        return (way == Way.SELECT ? LONG_PATIENCE : PATIENCE).plusMillis(prefixes.size());
    }

    /** Reads the output of a script. Asks again for routes that the script did not show. */
    Map<Prefix, IpText> understood(String out, String err, Collection<Prefix> prefixes, Way way)
            throws RouterException {
        refuseUnreadable(out, err);
        List<IpText> lines = lines(out);
        if (way == Way.HEAD && isCut(out, prefixes)) {
            large = true;
            return read(prefixes, way(prefixes));
        }
        Map<Prefix, IpText> found = new HashMap<>();
        Set<Prefix> wanted = new HashSet<>(prefixes);
        lines.stream().filter(l -> wanted.contains(l.prefix()) && !l.isSelective())
                .filter(l -> way != Way.MATCH || l.table("main").equals("main") && !l.isLocal())
                .forEach(l -> found.merge(l.prefix(), l, (a, b) -> b.metric() < a.metric() ? b : a));
        List<Prefix> open = prefixes.stream().filter(p -> !found.containsKey(p)).toList();
        if (way == Way.MATCH && !open.isEmpty()) {
            found.putAll(whole(open));
        }
        return found;
    }

    /**
     * Reads the whole table. Repeats the read if the table changed meanwhile: a route must not seem missing because the
     * read skipped it.
     */
    private Map<Prefix, IpText> whole(Collection<Prefix> prefixes) throws RouterException {
        for (int i = 0; i < TRIES; i++) {
            Output answer = runner.run(script.select(program, prefixes), patience(prefixes, Way.SELECT));
            if (!answer.err().contains("inconsistent")) {
                return understood(answer.out(), answer.err(), prefixes, Way.SELECT);
            }
        }
        throw RouterException.refused("its table changes faster than it can be read");
    }

    private static void refuseUnreadable(String out, String err) throws RouterException {
        if (out.contains(IpScript.UNREADABLE) && !err.contains("FIB table does not exist")) {
            throw RouterException.refused("it does not show its routes: "
                    + err.strip().lines().findFirst().map(Text::one).orElse("no reason given"));
        }
    }

    private static boolean isCut(String out, Collection<Prefix> prefixes) {
        return Stream.of(out.split(IpScript.SIX))
                .anyMatch(part -> part.lines().filter(l -> !l.isBlank()).count() >= IpScript.most(prefixes));
    }

    private static List<IpText> lines(String out) {
        List<IpText> lines = new ArrayList<>();
        boolean v6 = false;
        for (String line : IpScript.lines(out).toList()) {
            v6 |= line.equals(IpScript.SIX);
            IpText.read(line, v6).ifPresent(lines::add);
        }
        return lines;
    }

    // ---- the second witness --------------------------------------------------------------------------------------

    private Map<Prefix, Route> witnessed(Map<Prefix, IpText> found) throws RouterException {
        Map<Prefix, Route> routes = new LinkedHashMap<>();
        found.forEach((prefix, text) -> routes.put(prefix, text.route(program)));
        if (!program.json()) {
            return routes;
        }
        Map<Prefix, Route> doubted = routes.entrySet().stream()
                .filter(e -> e.getValue().owner().isEmpty() && !e.getValue().exact().equals(agreed.get(e.getKey())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        agreed.keySet().retainAll(routes.keySet());
        if (!doubted.isEmpty()) {
            routes.putAll(compared(doubted, json(doubted.keySet())));
        }
        return routes;
    }

    private Map<Prefix, Route> json(Collection<Prefix> prefixes) throws RouterException {
        boolean each = program.matches() && script.isMain() && (large || prefixes.size() <= IpScript.ASK_EACH);
        String ask = each ? script.matches("-j -d", prefixes) : script.json(prefixes);
        Output answer = runner.run(ask, patience(prefixes, each ? Way.MATCH : Way.SELECT));
        refuseUnreadable(answer.out(), answer.err());
        Map<Prefix, Route> found = new HashMap<>(IpJson.routes(plain(answer.out()), prefixes));
        List<Prefix> open = prefixes.stream().filter(p -> !found.containsKey(p)).toList();
        if (each && !open.isEmpty()) {
            Output rest = runner.run(script.json(open), patience(open, Way.SELECT));
            refuseUnreadable(rest.out(), rest.err());
            found.putAll(IpJson.routes(plain(rest.out()), open));
        }
        return found;
    }

    private static String plain(String out) {
        return out.replace(IpScript.SIX, "").replace(IpScript.UNREADABLE, "");
    }

    private Map<Prefix, Route> compared(Map<Prefix, Route> texts, Map<Prefix, Route> json) {
        Map<Prefix, Route> routes = new HashMap<>();
        texts.forEach((prefix, text) -> {
            Optional<String> objection = objection(text, Optional.ofNullable(json.get(prefix)));
            if (objection.isEmpty()) {
                agreed.put(prefix, text.exact());
            }
            routes.put(prefix, new Route(prefix, text.hops(), text.exact(), objection, text.marked()));
        });
        return routes;
    }

    private static Optional<String> objection(Route text, Optional<Route> json) {
        if (json.isEmpty()) {
            return Optional.of("is shown by ip and not by ip -j (" + text.exact() + ")");
        }
        if (json.get().owner().isPresent()) {
            return json.get().owner();
        }
        return inOrder(text.exact()).equals(inOrder(json.get().exact()))
                ? Optional.empty()
                : Optional.of("is shown differently by ip (" + text.exact() + ") and by ip -j (" + json.get().exact()
                        + "), so it could not be put back exactly");
    }

    /** Splits a route into sorted parts: the kernel starts with another next hop each time. */
    private static List<String> inOrder(String exact) {
        List<String> parts = List.of(exact.split(" nexthop "));
        return Stream.concat(parts.stream().limit(1), parts.stream().skip(1).sorted()).toList();
    }

    // ---- the router's own lookup ---------------------------------------------------------------------------------

    /**
     * The script for lookups. Policy rules may lead a lookup past a table of its own; there the longest match in that
     * table counts.
     */
    String lookups(List<Service> services) {
        return script.isMain()
                ? script.lookups(program, services.stream().map(Service::address).toList())
                : script.select(program, services.stream().flatMap(s -> lengths(s).map(
                        l -> Prefix.around(s.address(), l))).toList());
    }

    private static Stream<Integer> lengths(Service service) {
        return Stream.iterate(service.prefix().length(), l -> l <= service.address().width(), l -> l + 1);
    }

    /** The next hop for every address that has one. Lines are found by length: there may be 10,000 of both. */
    Map<Address, Address> gateways(String out, String err, List<Service> services) throws RouterException {
        refuseUnreadable(out, err);
        Map<Prefix, IpText> best = new HashMap<>();
        lines(out).stream().filter(l -> script.isMain() || !l.isSelective())
                .forEach(l -> best.merge(l.prefix(), l, (a, b) -> b.metric() < a.metric() ? b : a));
        List<Integer> lengths = best.keySet().stream().map(Prefix::length).distinct()
                .sorted(Comparator.reverseOrder()).toList();
        Map<Address, Address> gateways = new HashMap<>();
        services.stream().map(Service::address).forEach(address -> longest(address, lengths, best)
                .flatMap(IpText::gateway).ifPresent(g -> gateways.put(address, g)));
        return gateways;
    }

    private static Optional<IpText> longest(Address address, List<Integer> lengths, Map<Prefix, IpText> lines) {
        return lengths.stream().filter(l -> l <= address.width()).map(l -> lines.get(Prefix.around(address, l)))
                .filter(Objects::nonNull).findFirst();
    }
}
