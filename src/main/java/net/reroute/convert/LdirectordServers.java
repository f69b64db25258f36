package net.reroute.convert;

import java.util.List;
import net.reroute.core.Address;

/** Reads the lines {@code real=...} of ldirectord. */
final class LdirectordServers {

    private static final String LIMIT = "[lu]:\\d+";

    private LdirectordServers() {}

    /** The words behind the weight: the server's own request, and the answer to it. */
    static List<String> asked(Statement server) {
        return server.values().stream().skip(2).map(w -> w.replaceFirst(",$", ""))
                .filter(w -> !w.isEmpty() && Numbers.whole(w).isEmpty() && !w.matches(LIMIT)).toList();
    }

    private static void told(Statement server, boolean portUnread, List<Remark> remarks) {
        List<String> limits = server.values().stream().filter(w -> w.matches(LIMIT)).toList();
        List<String> asked = asked(server);
        String at = " of real (" + server.place() + ")";
        if (!limits.isEmpty()) {
            remarks.add(Remark.without(Mention.words(limits) + at + ": 'most' limits the connections of a switch"));
        }
        if (asked.size() > 2) {
            remarks.add(Remark.without(Mention.words(asked.subList(2, asked.size())) + at));
        }
        if (portUnread) {
            remarks.add(Remark.toDo("the port of real=" + Plain.text(server.word(1)) + " (" + server.place()
                    + ") cannot be read; that of the virtual server stands here"));
        }
    }

    static String way(Statement server) {
        return server.values().stream().skip(1).filter(w -> List.of("gate", "masq", "ipip").contains(w)).findFirst()
                .orElse("");
    }

    /** One for each address of a range. */
    static List<Real> of(Statement server, int port, List<Remark> remarks) {
        String text = server.word(1);
        int colon = text.endsWith("]") ? -1 : text.lastIndexOf(':');
        String hosts = colon < 0 ? text : text.substring(0, colon);
        int own = colon < 0 ? 0 : Ports.of(text.substring(colon + 1)).orElse(0);
        told(server, colon >= 0 && own == 0, remarks);
        int weight = server.values().stream().skip(2).filter(w -> Numbers.whole(w).isPresent()).findFirst()
                .map(w -> Numbers.whole(w).orElse(1)).orElse(1);
        // LVS maps ports with masq alone.
        boolean mapped = way(server).equals("masq");
        int used = mapped ? own : port;
        if (own != 0 && !mapped && own != port) {
            remarks.add(Remark.without("the port of real=" + Plain.text(text) + " (" + server.place() + "): only masq"
                    + " changes ports, so connections come to " + port));
        }
        List<Address> addresses = AddressRange.of(hosts);
        if (addresses.isEmpty() && hosts.contains("->")) {
            remarks.add(Remark.toDo("the servers " + Mention.of(server) + ": no range of at most " + AddressRange.MOST
                    + " addresses"));
            return List.of();
        }
        return addresses.isEmpty()
                ? List.of(new Real(server.place(), hosts, Host.of(hosts), used, weight, false))
                : addresses.stream().map(a -> new Real(server.place(), "server-" + a, Host.of(a), used, weight, false))
                        .toList();
    }
}
