package net.reroute.convert;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.reroute.convert.Claim.Use;
import net.reroute.convert.Draft.Section;
import net.reroute.core.Address;
import net.reroute.core.Prefix;

/** Makes routed services of ExaBGP's healthchecks. Several sources, one of each server, make one service of a prefix. */
final class Healthchecks {

    private static final int UP_METRIC = 100;
    private static final String PLACEHOLDER = "203.0.113.";
    private static final int FIRST = 33;
    private static final int LAST = 254;

    /** How much a server is preferred for a prefix: the lowest metric wins. */
    private record Announced(String server, int metric) {}

    private final Making making;
    private final Map<Prefix, Entry> services = new LinkedHashMap<>();
    private final Map<Prefix, List<Announced>> announced = new LinkedHashMap<>();
    private final List<String> routers = new ArrayList<>();
    private int placeholders = FIRST;

    Healthchecks(Making making) {
        this.making = making;
    }

    /** Adds a router that servers announce to. */
    void router(String name) {
        if (!routers.contains(name)) {
            routers.add(name);
        }
    }

    /**
     * Adds one healthcheck.
     *
     * @param statements its options
     * @param place of its first word
     * @param local the server's own address, if the source has it
     */
    void add(List<Statement> statements, Place place, Optional<Address> local, String process) {
        Block options = new Block(statements);
        List<Remark> remarks = new ArrayList<>();
        String given = options.value("name");
        String name = given.isEmpty() ? process : given;
        String check = making.checks().name(HealthcheckCheck.of(options));
        List<Prefix> prefixes = prefixes(options, remarks);
        int start = number(options, "start-ip", 0, remarks);
        int metric = number(options, "up-metric", UP_METRIC, remarks);
        int increase = number(options, "increase", 1, remarks);
        Optional<Statement> next = options.take("next-hop");
        Optional<Address> hop = next.flatMap(n -> Host.of(n.word(1)).address());
        next.filter(n -> hop.isEmpty()).ifPresent(n -> remarks.add(HealthcheckReasons.without(n)));
        options.rest().forEach(s -> remarks.add(HealthcheckReasons.without(s)));
        for (int i = 0; i < prefixes.size(); i++) {
            Prefix prefix = prefixes.get(i);
            Entry entry = service(prefix, name, place);
            entry.set("checks", Scalar.list(List.of(check))).remarks(remarks);
            remarks.clear(); // once is enough
            String server = server(prefix, local, hop, place.file());
            int rank = Math.floorMod(i - start, prefixes.size());
            announced.get(prefix).add(new Announced(server, metric + rank * increase));
        }
    }

    private static int number(Block options, String key, int otherwise, List<Remark> remarks) {
        return Math.min(1_000_000, Reading.whole(options.take(key), remarks).orElse(otherwise));
    }

    private List<Prefix> prefixes(Block options, List<Remark> remarks) {
        List<Prefix> all = new ArrayList<>();
        for (Statement ip : options.takeAll("ip")) {
            Draft.bound(all.size());
            Prefix.tryParse(ip.word(1)).ifPresentOrElse(all::add,
                    () -> remarks.add(Remark.without(Mention.of(ip) + ": this is no prefix")));
        }
        if (all.isEmpty() && placeholders <= LAST) {
            all.add(Prefix.parse(PLACEHOLDER + placeholders++ + "/32"));
            remarks.add(Remark.toDo("the prefix: the source names none with --ip, and announces what the server has on"
                    + " its loopback"));
        }
        return all;
    }

    private Entry service(Prefix prefix, String name, Place place) {
        announced.computeIfAbsent(prefix, p -> new ArrayList<>());
        return services.computeIfAbsent(prefix, p -> making.draft()
                .add(Section.SERVICES, name.isEmpty() ? "service-" + p.network() : name)
                .set("prefix", Scalar.of(p.toString())).set("servers", "[]")
                .remark(Remark.note("the healthcheck " + Plain.text(name) + " ("
                        + place + "): a route on the router, which the controller points at a server that is UP; no"
                        + " server speaks BGP any more")));
    }

    private String server(Prefix prefix, Optional<Address> local, Optional<Address> hop, String file) {
        boolean v6 = prefix.network().v6();
        boolean known = local.isPresent() && (local.get().v6() == v6 || hop.filter(h -> h.v6() == v6).isPresent());
        Host host = known
                ? Host.of(local.get())
                : new Host("the server that has " + Plain.text(file),
                        Optional.empty());
        String server = making.machines().server(host, known ? "server-" + local.get() : "server1", v6);
        hop.filter(h -> h.v6() == v6).ifPresent(h -> making.machines().nextHop(server, h));
        return server;
    }

    // ---- in the end --------------------------------------------------------------------------------------------------

    /** Gives each service its servers, the most preferred first. */
    void finish() {
        if (routers.isEmpty() && !services.isEmpty()) {
            routers.add(making.machines().router(new Host("the router", Optional.empty()), "router1")
                    .remark(Remark.toDo("the router that the servers announce to: its dialect, address and login"))
                    .name());
        }
        making.draft().link((long) services.size() * routers.size());
        services.forEach((prefix, entry) -> {
            List<String> servers = new ArrayList<>(announced.get(prefix).stream()
                    .sorted(Comparator.comparingInt(Announced::metric)).map(Announced::server).distinct().toList());
            int metric = announced.get(prefix).getFirst().metric();
            if (servers.size() == 1 && metric != UP_METRIC) {
                entry.remark(Remark.note("its metric is " + metric + "; the order of servers says which of them is"
                        + " preferred"));
            }
            if (servers.size() == 1) {
                servers.add(making.machines().server(new Host("another server that announces the same"
                        + " (convert its file together with this one)", Optional.empty()), "server2",
                        prefix.network().v6()));
            } else {
                entry.remark(Remark.note("the order of servers is that of their --up-metric"));
            }
            entry.set("servers", Scalar.list(servers)).set("routers", Scalar.list(routers));
            entry.claim(Claim.service(Use.ROUTE, prefix, 0, servers));
        });
    }
}
