package net.reroute.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the server lines of a backend of HAProxy. */
final class HaproxyServers {

    /** A server line: what it is, and the check of it. */
    record Line(Real real, HaproxyParams params) {}

    private final List<Line> lines = new ArrayList<>();
    private final List<Remark> remarks = new ArrayList<>();

    HaproxyServers(HaproxyProxy backend) {
        List<Statement> common = backend.together("default-server");
        backend.own().takeAll("server").forEach(s -> line(s, common));
        backend.own().takeAll("server-template").forEach(s -> remarks.add(Remark.toDo("the servers of "
                + Mention.of(s) + ": it makes them of names in DNS; write them one by one")));
        if (!lines.isEmpty() && !isChecked()) {
            remarks.add(
                    Remark.note("no 'checks': the source checks none of these servers; a switch passes over a backend"
                            + " that refuses connections"));
        }
        told("ssl", ": a switch passes bytes, so clients have to speak TLS themselves, or the server without it");
    }

    boolean isChecked() {
        return lines.stream().anyMatch(l -> l.params().has("check"));
    }

    private void told(String flag, String why) {
        String names = lines.stream().filter(l -> l.params().has(flag)).map(l -> l.real().wish())
                .collect(Collectors.joining(", "));
        if (!names.isEmpty()) {
            remarks.add(Remark.toDo("'" + flag + "' of " + Plain.text(names) + why));
        }
    }

    /** What 'proxy-to' is; told where not all servers have the same. */
    Optional<String> proxyTo() {
        if (all("send-proxy-v2") || all("send-proxy")) {
            return Optional.of(all("send-proxy-v2") ? "v2" : "v1");
        }
        String why = ": 'proxy-to' is for all servers of a switch, so it is left out";
        told("send-proxy", why);
        told("send-proxy-v2", why);
        return Optional.empty();
    }

    List<Line> lines() {
        return lines;
    }

    List<Real> reals() {
        return lines.stream().map(Line::real).toList();
    }

    List<Remark> remarks() {
        return remarks;
    }

    boolean all(String flag) {
        return !lines.isEmpty() && lines.stream().allMatch(l -> l.params().has(flag));
    }

    private void line(Statement server, List<Statement> common) {
        HaproxyAddress at = HaproxyAddress.of(server.word(2));
        HaproxyParams params = new HaproxyParams();
        common.forEach(d -> params.add(d.values()));
        params.add(server.words().subList(Math.min(3, server.words().size()), server.words().size()));
        if (at.isElsewhere() || at.isAny() || at.host().equals("0.0.0.0")) {
            remarks.add(Remark.without(Mention.of(server) + ": it is at no address of its own"));
            return;
        }
        if (!at.port().isEmpty() && at.number().isEmpty()) {
            remarks.add(Remark.toDo("the port of " + Mention.of(server) + ": it cannot be read; that of clients stands"
                    + " in its place"));
        }
        List<String> rest = params.rest();
        if (!rest.isEmpty()) {
            remarks.add(Remark.without("server " + Plain.text(server.word(1)) + " (" + server.place() + "): "
                    + Mention.words(rest)));
        }
        int weight = params.has("disabled") ? 0 : params.number("weight").orElse(1);
        lines.add(new Line(new Real(server.place(), server.word(1), Host.of(at.host()), at.number().orElse(0), weight,
                params.has("backup")), params));
    }

    /**
     * The servers in the order in which a switch tries them, if there is one server and the others are its backups;
     * otherwise those that are no backups.
     */
    List<Line> usable() {
        List<Line> order = new ArrayList<>(lines.stream().filter(l -> !l.real().backup()).toList());
        List<Line> backups = lines.stream().filter(l -> l.real().backup()).toList();
        if (isInTurn()) {
            order.addAll(backups);
        } else {
            backups.forEach(b -> remarks.add(Remark.without("the backup server " + Plain.text(b.real().wish()) + " ("
                    + b.real().place() + "): a switch has backups only with 'choose: in-turn', where one server has all"
                    + " connections")));
        }
        return order;
    }

    /** True if one server has all connections and the others wait. */
    boolean isInTurn() {
        long first = lines.stream().filter(l -> !l.real().backup()).count();
        return first <= 1 && lines.size() > first;
    }
}
