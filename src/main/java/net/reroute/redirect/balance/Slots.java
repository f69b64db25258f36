package net.reroute.redirect.balance;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.reroute.core.Frontend.Balanced;
import net.reroute.core.Service;

/**
 * Which server has each slot of a map. A new connection gets the next slot, or the one of its source's hash. While a
 * server is out, others have its slots and keep their own, so that a source stays where it is if it can.
 */
final class Slots {

    /** Divides evenly among one to four servers. */
    private static final int FEWEST = 12;
    /** Divides evenly among one to six servers. */
    private static final int FEW = 60;
    /** With more servers or weights, a slot must be a small part. */
    private static final int MANY = 240;

    private Slots() {}

    /** The number of slots of a service. It does not depend on the servers that are in. */
    static int count(Service service) {
        Balanced balanced = service.balanced().orElseThrow();
        int total = service.servers().stream().mapToInt(balanced::weight).sum();
        if (total <= 4) {
            return FEWEST;
        }
        return total <= 6 ? FEW : MANY;
    }

    /** The server of each slot, if these servers are in. */
    static List<String> of(Service service, Collection<String> in) {
        Turns all = new Turns(service.servers(), service.balanced().orElseThrow());
        Map<String, Integer> lost = new HashMap<>();
        return Stream.generate(all::next).limit(count(service))
                .map(s -> in.contains(s) ? s : instead(service, s, lost.merge(s, 1, Integer::sum) - 1, in)).toList();
    }

    /** The substitute has the slot as long as it is in: whoever else comes or goes does not matter. */
    private static String instead(Service service, String owner, int number, Collection<String> in) {
        Balanced balanced = service.balanced().orElseThrow();
        List<String> others = service.servers().stream().filter(s -> !s.equals(owner))
                .flatMap(s -> Stream.generate(() -> s).limit(balanced.weight(s))).toList();
        return Stream.iterate(number, i -> i + 1).limit(others.size())
                .map(i -> others.get(i % others.size())).filter(in::contains).findFirst().orElse(owner);
    }

    /** Smooth weighted round robin, as in nginx: a heavy server does not come many times in a row. */
    private static final class Turns {

        private final List<String> servers;
        private final Balanced balanced;
        private final Map<String, Integer> credit = new HashMap<>();

        Turns(List<String> servers, Balanced balanced) {
            this.servers = servers;
            this.balanced = balanced;
        }

        String next() {
            String best = servers.getFirst();
            int total = 0;
            for (String server : servers) {
                total += balanced.weight(server);
                if (credit.merge(server, balanced.weight(server), Integer::sum) > credit.getOrDefault(best, 0)) {
                    best = server;
                }
            }
            credit.merge(best, -total, Integer::sum);
            return best;
        }
    }
}
