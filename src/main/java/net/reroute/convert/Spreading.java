package net.reroute.convert;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.reroute.convert.Claim.Use;
import net.reroute.convert.Draft.Section;
import net.reroute.convert.VirtualServer.Forward;
import net.reroute.convert.VirtualServer.Listen;
import net.reroute.core.Prefix;

/**
 * Decides what becomes of virtual servers. LVS forwards in the kernel, as nftables does for {@code redirect: balance};
 * what that cannot do, and every proxy, becomes a TCP switch.
 */
final class Spreading {

    private static final int HEAVIEST_BALANCED = 20;
    private static final int HEAVIEST_SWITCHED = 999;

    private final Draft draft;
    private final Machines machines;
    private final CommonChecks checks;
    private final List<Entry> balanced = new ArrayList<>();
    private Optional<Entry> director = Optional.empty();

    Spreading(Draft draft, Machines machines, CommonChecks checks) {
        this.checks = checks;
        this.draft = draft;
        this.machines = machines;
    }

    void add(VirtualServer what) {
        List<Real> used = what.reals().stream().filter(r -> r.weight() > 0).toList();
        String why = impossible(what, used);
        if (!why.isEmpty()) {
            draft.remark(Section.SERVICES,
                    Remark.without(what.title() + ": " + why + "; nothing of its block is here"));
            what.reals().forEach(r -> draft.remark(Section.SERVICES, Remark.without("its server " + Plain.text(r.host()
                    .text()) + " (" + r.place() + ") and the check of it")));
            what.remarks().forEach(r -> draft.remark(Section.SERVICES, r));
            return;
        }
        List<Remark> first = new ArrayList<>(what.remarks());
        what.reals().stream().filter(r -> r.weight() == 0).forEach(r -> first.add(Remark.note("the server "
                + Plain.text(r.host().text()) + " (" + r.place()
                + ") is left out: the source gives it no connections")));
        draft.link((long) what.places().size() * used.size());
        List<List<CheckWish>> asked = asked(what);
        for (Listen place : what.places()) {
            long ports = used.stream().map(r -> r.port(place.port())).distinct().count();
            List<String> names = checks.of(asked, ports, what.otherwise(), first);
            Entry entry = isBalanced(what, used, place) ? balance(what, used, place) : change(what, used, place);
            if (!names.isEmpty()) {
                entry.set("checks", Scalar.list(names));
            }
            entry.remarks(first);
            first.clear(); // once is enough
        }
    }

    /** The checks of the servers that are used. */
    private static List<List<CheckWish>> asked(VirtualServer what) {
        return IntStream.range(0, what.reals().size()).filter(i -> what.reals().get(i).weight() > 0)
                .mapToObj(what.asked()::get).toList();
    }

    private static String impossible(VirtualServer what, List<Real> used) {
        if (!what.manner().tcp()) {
            return "reroute spreads TCP only; as long as the servers hold the address on their loopbacks, a routed"
                    + " service with 'share' could carry it (docs/inventory.md)";
        }
        if (what.places().isEmpty()) {
            return "it has no address and port that could be read";
        }
        if (used.isEmpty()) {
            return "no server is left that it could use";
        }
        boolean all = what.places().stream().anyMatch(p -> p.port() == 0);
        return all ? "it is for all ports, and reroute needs one" : "";
    }

    /** True if all servers take connections at the very port that clients connect to. */
    private static boolean isBalanced(VirtualServer what, List<Real> used, Listen place) {
        boolean kernel = what.manner().forward() != Forward.PROXY;
        boolean port = used.stream().allMatch(r -> r.port(place.port()) == place.port());
        Set<Host> hosts = new HashSet<>(used.stream().map(Real::host).toList());
        return kernel && port && hosts.size() == used.size();
    }

    // ---- on a Linux router -----------------------------------------------------------------------------------------

    private Entry balance(VirtualServer what, List<Real> used, Listen place) {
        boolean direct = what.manner().forward() == Forward.DIRECT;
        Map<String, Integer> weights = new LinkedHashMap<>();
        used.forEach(r -> weights.put(machines.server(r.host(), r.wish(), place.address().v6()), r.weight()));
        Entry entry = draft.add(Section.SERVICES, what.wish())
                .remark(Remark.note(what.title() + ": 'redirect: balance',"
                        + " since LVS forwards in the kernel, as nftables does on a Linux router (docs/balance.md)"));
        entry.set("address", Scalar.of(place.address().toString())).set("port", Scalar.of(place.port()))
                .set("redirect", "balance").set("forward", direct ? "route" : "nat");
        entry.set("servers", Scalar.list(List.copyOf(weights.keySet())));
        weights(entry, weights, HEAVIEST_BALANCED);
        if (what.manner().sticky()) {
            entry.set("sticky", "source");
        }
        tunnels(what, entry);
        director();
        balanced.add(entry);
        return entry.claim(Claim.service(direct ? Use.DIRECT : Use.NAT, host(place), place.port(),
                List.copyOf(weights.keySet())));
    }

    private static void tunnels(VirtualServer what, Entry entry) {
        if (what.manner().forward() == Forward.TUNNEL) {
            entry.remark(Remark.toDo("the source sends packets through tunnels, which reroute does not; 'forward: nat'"
                    + " stands in their place and needs the servers' way back to lead through the router"));
        }
        String rule = what.manner().choose();
        if (rule.equals("least")) {
            entry.remark(Remark.without("the choice of the server with the fewest connections: nftables cannot count"
                    + " them, so connections take turns"));
        }
    }

    private void director() {
        if (director.isEmpty()) {
            director = Optional.of(machines.router(new Host("the director", Optional.empty()), "router1")
                    .remark(Remark.toDo("the address and login of the machine that forwards to the servers: Linux with"
                            + " nftables 1.0 or later; one entry for each, if there are several")));
        }
    }

    /** Names the router of each virtual server if there are others, of other sources. */
    void finish() {
        boolean others = draft.entries(Section.ROUTERS).size() > 1;
        director.filter(d -> others).ifPresent(d -> balanced.forEach(e -> e.set("routers",
                Scalar.list(List.of(d.name())))));
    }

    static Prefix host(Listen place) {
        return new Prefix(place.address(), place.address().width());
    }

    // ---- a TCP switch ----------------------------------------------------------------------------------------------

    private Entry change(VirtualServer what, List<Real> used, Listen place) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        Set<String> backends = new LinkedHashSet<>();
        Set<String> servers = new LinkedHashSet<>();
        for (Real real : used) {
            String server = machines.server(real.host(), real.wish(), false);
            String backend = server + ":" + real.port(place.port());
            servers.add(server);
            backends.add(backend);
            weights.put(backend, real.weight());
        }
        Entry entry = draft.add(Section.SWITCHES, what.wish()).remark(Remark.note(what.title() + ": a TCP switch"
                + reason(what) + " (docs/switch.md)"));
        entry.set("listen", Scalar.quoted(Claim.at(place.address(), place.port())))
                .set("backends", Scalar.list(List.copyOf(backends)));
        chosen(what, entry, weights);
        what.manner().extras().forEach(entry::set);
        return entry.claim(new Claim(Use.SWITCH, host(place), place.port(), List.copyOf(servers),
                List.copyOf(backends)));
    }

    private static String reason(VirtualServer what) {
        return what.manner().forward() == Forward.PROXY
                ? ", which passes connections, as the proxy did"
                : ", since 'redirect: balance' keeps the port, and here the servers listen at others; the servers see"
                        + " the switch's address in place of the clients'";
    }

    private static void chosen(VirtualServer what, Entry entry, Map<String, Integer> weights) {
        String choose = what.manner().sticky() ? "source" : what.manner().choose();
        boolean counts = !choose.equals("in-turn");
        boolean weighted = counts && weights(entry, weights, HEAVIEST_SWITCHED);
        entry.set("choose", weighted && choose.equals("round-robin") ? "weighted" : choose);
    }

    /** True if there are any. */
    private static boolean weights(Entry entry, Map<String, Integer> weights, int most) {
        List<Remark> notes = new ArrayList<>();
        String yaml = Weights.yaml(weights, most, notes);
        if (!yaml.isEmpty()) {
            entry.set("weights", yaml);
        }
        entry.remarks(notes);
        return !yaml.isEmpty();
    }
}
