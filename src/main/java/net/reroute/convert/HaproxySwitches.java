package net.reroute.convert;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.reroute.convert.VirtualServer.Forward;
import net.reroute.convert.VirtualServer.Listen;
import net.reroute.convert.VirtualServer.Manner;
import net.reroute.core.Address;

/** Makes TCP switches of what HAProxy passes on. */
final class HaproxySwitches {

    private static final Address ANY = Address.parse("0.0.0.0");
    /** A network for documentation (RFC 5737). */
    private static final String NOBODY = "192.0.2.0/24";
    private static final int MOST_PORTS = 64;
    private static final int MOST_CONNECTIONS = 999_999;

    private final Spreading spreading;

    HaproxySwitches(Spreading spreading) {
        this.spreading = spreading;
    }

    /**
     * Makes one switch for each place where the frontend listens.
     *
     * @param backend where it passes connections; may be the same section
     */
    void add(HaproxyProxy frontend, HaproxyProxy backend) {
        List<Remark> remarks = new ArrayList<>();
        Map<String, String> extras = new LinkedHashMap<>();
        List<Listen> behindProxies = new ArrayList<>();
        List<Listen> places = places(frontend, behindProxies, remarks);
        HaproxyServers servers = new HaproxyServers(backend);
        HaproxyChecks checks = new HaproxyChecks(backend, servers.isChecked(), remarks);
        List<HaproxyServers.Line> lines = servers.usable();
        int port = Stream.concat(places.stream(), behindProxies.stream()).findFirst().map(Listen::port).orElse(0);
        List<List<CheckWish>> asked = lines.stream()
                .map(l -> checks.of(l.params(), Math.max(1, l.real().port(port)))).toList();
        mode(frontend, backend, remarks);
        waits(frontend, backend, extras, remarks);
        servers.proxyTo().ifPresent(v -> extras.put("proxy-to", v));
        String choose = choose(backend, servers, remarks);
        remarks.addAll(servers.remarks());
        frontend.own().rest().forEach(s -> remarks.add(HaproxyReasons.without(s)));
        if (backend != frontend) {
            backend.own().rest().forEach(s -> remarks.add(HaproxyReasons.without(s)));
            backend.own().all().forEach(backend.own()::take); // told once
        }
        String title = frontend.title() + (backend == frontend ? "" : ", backend " + Plain.text(backend.name()));
        List<Real> reals = lines.stream().map(HaproxyServers.Line::real).toList();
        if (behindProxies.isEmpty() || !places.isEmpty()) {
            spreading.add(new VirtualServer(title, frontend.name(), places, reals, manner(choose, extras), asked,
                    Optional.empty(), List.copyOf(remarks)));
            remarks.clear(); // told once
        }
        if (!behindProxies.isEmpty()) {
            extras.put("proxy-from", Scalar.list(List.of(NOBODY)));
            remarks.add(
                    Remark.toDo("'proxy-from': the networks of the proxies before it. The source takes a PROXY header"
                            + " from everybody, who can so pass for any client; " + NOBODY + " is a placeholder"));
            spreading.add(new VirtualServer(title, frontend.name(), behindProxies.stream().distinct().toList(), reals,
                    manner(choose, extras), asked,
                    Optional.empty(), remarks));
        }
    }

    private static Manner manner(String choose, Map<String, String> extras) {
        return new Manner(Forward.PROXY, choose, false, true, new LinkedHashMap<>(extras));
    }

    // ---- where it listens --------------------------------------------------------------------------------------------

    /**
     * The places where clients come by themselves.
     *
     * @param behindProxies gets those where a proxy says with a PROXY header who the client is
     */
    private static List<Listen> places(HaproxyProxy frontend, List<Listen> behindProxies, List<Remark> remarks) {
        List<Listen> all = new ArrayList<>();
        frontend.head().words().stream().skip(2).filter(w -> w.contains(":"))
                .forEach(w -> all.addAll(place(w, frontend.head(), remarks)));
        for (Statement bind : frontend.own().takeAll("bind")) {
            List<String> more = new ArrayList<>(bind.words().subList(Math.min(2, bind.words().size()),
                    bind.words().size()));
            List<Listen> found = more.remove("accept-proxy") ? behindProxies : all;
            for (String written : bind.word(1).split(",")) {
                found.addAll(place(written, bind, remarks));
                Draft.bound(found.size());
            }
            if (more.contains("ssl")) {
                remarks.add(
                        Remark.toDo("TLS ended here (" + bind.place() + "): a switch passes it through, so the servers"
                                + " need the certificate and a port with TLS"));
            }
            if (!more.isEmpty()) {
                remarks.add(Remark.without("bind (" + bind.place() + "): " + Mention.words(more)));
            }
        }
        return all.stream().distinct().toList();
    }

    private static List<Listen> place(String written, Statement bind, List<Remark> remarks) {
        HaproxyAddress at = HaproxyAddress.of(written);
        Optional<Address> address = at.isAny()
                ? Optional.of(ANY)
                : Address.tryParse(at.host().replaceAll("[\\[\\]]", ""))
                        .filter(a -> a.zone().isEmpty());
        List<Integer> ports = ports(at.port());
        if (address.isEmpty() || ports.isEmpty()) {
            remarks.add(
                    Remark.without("the place " + Mention.words(List.of(written)) + " (" + bind.place() + "): a switch"
                            + " listens at an address and a port of this machine"));
            return List.of();
        }
        return ports.stream().map(p -> new Listen(address.get(), p)).toList();
    }

    private static List<Integer> ports(String text) {
        String[] ends = text.split("-", 2);
        int first = Numbers.port(ends[0]).orElse(0);
        int last = Numbers.port(ends[ends.length - 1]).orElse(0);
        List<Integer> all = new ArrayList<>();
        for (int port = first; first > 0 && port <= last && last - first < MOST_PORTS; port++) {
            all.add(port);
        }
        return all;
    }

    // ---- how it passes on --------------------------------------------------------------------------------------------

    private static void mode(HaproxyProxy frontend, HaproxyProxy backend, List<Remark> remarks) {
        backend.find("mode"); // the same, or HAProxy refuses it
        frontend.find("mode").filter(m -> !m.word(1).equals("tcp")).ifPresent(m -> remarks.add(Remark.without(
                Mention.of(m)
                        + ": a switch passes bytes and looks into no request; headers, cookies, redirects and logs of"
                        + " requests are the servers' own")));
    }

    private static void waits(HaproxyProxy frontend, HaproxyProxy backend, Map<String, String> extras,
            List<Remark> remarks) {
        time(backend.find("timeout", "connect"), remarks).ifPresent(t -> extras.put("connect", Timers.yaml(t)));
        Optional<Duration> client = time(frontend.find("timeout", "client"), remarks);
        Optional<Duration> server = time(backend.find("timeout", "server"), remarks);
        Optional<Duration> longer = client.isPresent() && (server.isEmpty() || client.get().compareTo(server.get()) > 0)
                ? client
                : server;
        longer.ifPresent(t -> extras.put("idle", Timers.yaml(t)));
        if (client.isPresent() && server.isPresent() && !client.equals(server)) {
            remarks.add(Remark.note("'idle' is the longer of 'timeout client' and 'timeout server'"));
        }
        frontend.find("maxconn").ifPresent(m -> {
            int most = Numbers.whole(m.word(1)).orElse(0);
            if (most > 0 && most <= MOST_CONNECTIONS) {
                extras.put("most", Scalar.of(most));
            } else {
                remarks.add(Remark.without(Mention.of(m)));
            }
        });
    }

    private static Optional<Duration> time(Optional<Statement> statement, List<Remark> remarks) {
        Optional<Duration> time = statement.flatMap(s -> HaproxyTimes.of(s.word(2))).filter(t -> t.toMillis() > 0);
        statement.filter(s -> time.isEmpty()).ifPresent(s -> remarks.add(HaproxyTimes.unread(s)));
        return time;
    }

    private static String choose(HaproxyProxy backend, HaproxyServers servers, List<Remark> remarks) {
        Optional<Statement> balance = backend.find("balance");
        if (servers.isInTurn()) {
            return "in-turn";
        }
        return switch (balance.map(b -> b.word(1)).orElse("roundrobin")) {
            case "roundrobin", "static-rr" -> "round-robin";
            case "leastconn" -> "least";
            case "source" -> "source";
            case "first" -> "in-turn";
            default -> {
                remarks.add(Remark.without(Mention.of(balance.orElseThrow()) + ": connections take turns"));
                yield "round-robin";
            }
        };
    }
}
