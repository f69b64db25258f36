package net.reroute.convert;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.reroute.convert.VirtualServer.Listen;
import net.reroute.convert.VirtualServer.Manner;

/** Reads virtual servers of keepalived. */
final class KeepalivedVirtual {

    private final Making making;
    private final KeepalivedChecks checks = new KeepalivedChecks();
    private final Map<String, Statement> groups;
    private final Set<String> usedGroups = new HashSet<>();

    /** @param groups virtual_server_group statements by name */
    KeepalivedVirtual(Making making, Map<String, Statement> groups) {
        this.making = making;
        this.groups = groups;
    }

    List<Statement> unusedGroups() {
        return groups.values().stream().filter(g -> !usedGroups.contains(g.word(1))).toList();
    }

    void add(Statement statement) {
        Block block = statement.inside();
        List<Remark> remarks = new ArrayList<>();
        List<Listen> places = places(statement, remarks);
        int port = places.isEmpty() ? 0 : places.getFirst().port();
        List<Real> reals = new ArrayList<>();
        List<List<CheckWish>> asked = new ArrayList<>();
        for (Statement real : block.takeAll("real_server")) {
            Block inside = real.inside();
            reals.add(real(real, inside, block, remarks));
            asked.add(checks.of(inside, block, reals.getLast().port(port), remarks));
            inside.rest().forEach(s -> remarks.add(KeepalivedReasons.without(s)));
        }
        Manner manner = manner(block, remarks);
        List<Remark> instead = new ArrayList<>();
        Timers timers = checks.timers(block, instead);
        instead.add(0, Remark.toDo("the source has no check for this that reroute could make;"
                + " here a connection is tried. Write what tells more, like http: \"http://{server}/\""));
        CheckWish otherwise = CheckWish.tcp(Math.max(1, reals.isEmpty() ? port : reals.getFirst().port(port)), timers,
                instead);
        block.rest().forEach(s -> remarks.add(KeepalivedReasons.without(s)));
        making.spreading().add(new VirtualServer(title(statement), wish(statement), places, reals, manner, asked,
                Optional.of(otherwise), remarks));
    }

    private static String title(Statement statement) {
        return Mention.words(statement.words()) + " (" + statement.place() + ")";
    }

    private static String wish(Statement statement) {
        return statement.word(1).equals("group")
                ? statement.word(2)
                : "vs-" + String.join("-", statement.values());
    }

    // ---- where clients connect ---------------------------------------------------------------------------------------

    private List<Listen> places(Statement statement, List<Remark> remarks) {
        if (statement.word(1).equals("group")) {
            return group(statement.word(2), remarks);
        }
        if (statement.word(1).equals("fwmark")) {
            remarks.add(Remark.toDo("a firewall mark stands for packets that iptables chose; write the address and port"
                    + " that it means, as 'virtual_server ADDRESS PORT', and convert again"));
            return List.of();
        }
        return place(statement.word(1), statement.word(2)).stream().toList();
    }

    private static Optional<Listen> place(String address, String port) {
        return Host.of(address).address().map(a -> new Listen(a, Ports.of(port).orElse(0)));
    }

    private List<Listen> group(String name, List<Remark> remarks) {
        usedGroups.add(name);
        List<Listen> all = new ArrayList<>();
        if (!groups.containsKey(name)) {
            remarks.add(Remark.toDo("there is no virtual_server_group " + Plain.text(name)));
            return all;
        }
        for (Statement line : groups.get(name).block().orElse(List.of())) {
            List<Listen> some = AddressRange.of(line.key()).stream()
                    .map(a -> new Listen(a, Ports.of(line.word(1)).orElse(0))).toList();
            if (some.isEmpty()) {
                remarks.add(Remark.without(Mention.of(line) + ": a firewall mark, or no range of at most "
                        + AddressRange.MOST + " addresses"));
            }
            all.addAll(some);
            Draft.bound(all.size());
        }
        return all;
    }

    // ---- servers -----------------------------------------------------------------------------------------------------

    private static Real real(Statement real, Block inside, Block block, List<Remark> remarks) {
        Optional<Statement> weight = inside.takeOne("weight");
        int number = Reading.whole(weight, remarks).orElse(1);
        Optional<Statement> method = inside.take("lvs_method", "lb_kind");
        String common = block.value("lb_kind", "lvs_method");
        method.filter(m -> !m.word(1).equalsIgnoreCase(common.isEmpty() ? "NAT" : common))
                .ifPresent(m -> remarks.add(Remark.without(Mention.of(m) + ": all servers of a service are reached in"
                        + " the same way")));
        int port = Ports.of(real.word(2)).orElse(0);
        if (port == 0 && !real.word(2).isEmpty() && !real.word(2).equals("0")) {
            remarks.add(Remark.toDo("the port of " + Mention.words(real.words()) + " (" + real.place()
                    + ") cannot be read; that of the virtual server stands here"));
        }
        return new Real(real.place(), "server-" + real.word(1), Host.of(real.word(1)), port, number, false);
    }

    private static Manner manner(Block block, List<Remark> remarks) {
        Optional<Statement> persistence = block.take("persistence_timeout");
        persistence.ifPresent(p -> remarks.add(Remark.note(Mention.of(p) + " is 'sticky: source' here (at a switch"
                + " 'choose: source'): without a time, as long as the server is there")));
        String rule = block.value("lb_algo", "lvs_sched").toLowerCase(Locale.ROOT);
        String protocol = block.value("protocol");
        return new Manner(Schedulers.forward(block.value("lb_kind", "lvs_method"), remarks),
                Schedulers.choose(rule, remarks), persistence.isPresent() || Schedulers.isSource(rule),
                protocol.isEmpty() || protocol.equalsIgnoreCase("TCP"), Map.of());
    }
}
