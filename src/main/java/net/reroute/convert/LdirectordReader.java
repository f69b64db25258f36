package net.reroute.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.reroute.convert.VirtualServer.Forward;
import net.reroute.convert.VirtualServer.Listen;
import net.reroute.convert.VirtualServer.Manner;

/** Reads ldirectord.cf, as ldirectord(8) describes it. */
final class LdirectordReader implements FormatReader {

    private final Making making;

    LdirectordReader(Making making) {
        this.making = making;
    }

    @Override
    public void read(Source source) throws BadSourceException {
        List<Statement> statements = LdirectordParser.parse(source);
        Block global = new Block(statements.stream().filter(s -> s.block().isEmpty()).toList());
        List<String> mail = new ArrayList<>(words(global.take("emailalert")));
        List<Statement> virtuals = statements.stream().filter(s -> s.block().isPresent()).toList();
        for (Statement virtual : virtuals) {
            Block block = virtual.inside();
            mail.addAll(words(block.take("emailalert")));
            virtual(virtual, block, global);
        }
        Mail.add(making.draft(), mail, global.take("emailalertfrom").map(f -> String.join(" ", f.values()))
                .orElse(""), global.value("smtp"));
        global.rest().forEach(s -> making.draft().general(LdirectordReasons.without(s)));
    }

    private static List<String> words(Optional<Statement> statement) {
        return statement.map(s -> List.of(String.join(" ", s.values()).strip().split("[,\\s]+"))).orElse(List.of())
                .stream().filter(w -> !w.isEmpty()).toList();
    }

    private void virtual(Statement virtual, Block block, Block global) {
        List<Remark> remarks = new ArrayList<>();
        Optional<Listen> place = listen(virtual.word(1));
        if (place.isEmpty()) {
            remarks.add(Remark.toDo("write the address and port that clients use: a firewall mark stands for packets"
                    + " that iptables chose, and names are not looked up"));
        }
        List<Statement> servers = block.takeAll("real", "real6");
        List<Real> reals = new ArrayList<>();
        List<List<CheckWish>> asked = new ArrayList<>();
        int port = place.map(Listen::port).orElse(0);
        LdirectordChecks checks = new LdirectordChecks(block, global, port, remarks);
        for (Statement server : servers) {
            for (Real real : LdirectordServers.of(server, port, remarks)) {
                reals.add(real);
                Draft.bound(reals.size());
                asked.add(checks.of(server, real.port(port), remarks));
            }
        }
        Manner manner = manner(servers, block, remarks);
        CheckWish otherwise = checks.otherwise(reals.isEmpty() ? port : reals.getFirst().port(port));
        String wish = name(virtual, block);
        block.rest().forEach(s -> remarks.add(LdirectordReasons.without(s)));
        making.spreading().add(new VirtualServer("virtual=" + Mention.words(virtual.values()) + " ("
                + virtual.place() + ")", wish, place.stream().toList(), reals, manner, asked, Optional.of(otherwise),
                remarks));
    }

    private static String name(Statement virtual, Block block) {
        String given = block.take("servicename").map(s -> String.join(" ", s.values())).orElse("");
        return given.isEmpty() ? "vs-" + virtual.word(1) : given;
    }

    private static Optional<Listen> listen(String text) {
        int colon = text.lastIndexOf(':');
        return colon < 0
                ? Optional.empty()
                : Host.of(text.substring(0, colon)).address().flatMap(a -> Ports.of(text.substring(colon + 1))
                        .stream().mapToObj(p -> new Listen(a, p)).findFirst());
    }

    private static Manner manner(List<Statement> servers, Block block, List<Remark> remarks) {
        List<String> ways = servers.stream().map(LdirectordServers::way).distinct().toList();
        if (ways.size() > 1) {
            remarks.add(Remark.toDo("servers are reached in different ways in the source (" + Plain.text(String.join(
                    ", ", ways)) + "); here all in the first"));
        }
        Forward forward = Schedulers.forward(ways.isEmpty() ? "" : ways.getFirst(), remarks);
        Optional<Statement> persistent = block.take("persistent");
        persistent.ifPresent(p -> remarks.add(Remark.note(Mention.of(p) + " is 'sticky: source' here (at a switch"
                + " 'choose: source'): without a time, as long as the server is there")));
        String rule = block.value("scheduler");
        String protocol = block.value("protocol").toLowerCase(Locale.ROOT);
        return new Manner(forward, Schedulers.choose(rule, remarks), persistent.isPresent()
                || Schedulers.isSource(rule), protocol.isEmpty() || protocol.equals("tcp"), Map.of());
    }
}
