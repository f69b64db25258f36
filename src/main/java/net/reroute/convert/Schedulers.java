package net.reroute.convert;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.reroute.convert.VirtualServer.Forward;

/** The schedulers and forwarding methods of LVS (ipvsadm(8)), in reroute's words. */
final class Schedulers {

    private static final Set<String> TURNS = Set.of("", "rr", "wrr");
    private static final Set<String> LEAST = Set.of("lc", "wlc", "sed", "nq", "lblc", "lblcr");
    private static final Set<String> SOURCE = Set.of("sh", "mh");

    private Schedulers() {}

    /** As switches name it. */
    static String choose(String scheduler, List<Remark> remarks) {
        if (LEAST.contains(scheduler)) {
            return "least";
        }
        if (!TURNS.contains(scheduler) && !SOURCE.contains(scheduler)) {
            remarks.add(Remark.without("the scheduler " + Plain.text(scheduler) + ": connections take turns"));
        }
        return "round-robin";
    }

    static boolean isSource(String scheduler) {
        return SOURCE.contains(scheduler);
    }

    /** NAT, DR, TUN, or ldirectord's masq, gate, ipip; NAT if it is none of them. */
    static Forward forward(String method, List<Remark> remarks) {
        return switch (method.toUpperCase(Locale.ROOT)) {
            case "", "NAT", "MASQ" -> Forward.NAT;
            case "DR", "GATE" -> Forward.DIRECT;
            case "TUN", "IPIP" -> Forward.TUNNEL;
            default -> {
                remarks.add(Remark.toDo("the way to the servers, '" + Plain.text(method)
                        + "', is unknown; 'forward: nat' stands in its place"));
                yield Forward.NAT;
            }
        };
    }
}
