package net.reroute.core;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The servers that a service should have, and the reason.
 *
 * @param kind what has to be done
 * @param from servers that carry the service now; empty if no route is known
 * @param to servers that should carry it
 */
public record Decision(Service service, Kind kind, List<String> from, List<String> to, Reason reason) {

    /**
     * STAY: the service is where it should be. HOLD: something is wrong, but the service cannot or must not be moved.
     * PLANNED: a move off servers that work. FAILOVER: a move off a server that does not work.
     */
    public enum Kind {
        STAY, HOLD, PLANNED, FAILOVER
    }

    public boolean isMove() {
        return kind == Kind.PLANNED || kind == Kind.FAILOVER;
    }

    /** True if none of the servers works, and all carry the service because something must. */
    public boolean isLastResort() {
        return reason() instanceof Reason.AllListed;
    }

    /** Servers that start to carry the service. */
    public List<String> joining() {
        return to.stream().filter(s -> !from.contains(s)).toList();
    }

    /** Servers that stop carrying the service. */
    public List<String> leaving() {
        return from.stream().filter(s -> !to.contains(s)).toList();
    }

    /** True if these are exactly the servers that should carry it, in any order. */
    public boolean isAt(Collection<String> servers) {
        return Set.copyOf(servers).equals(Set.copyOf(to));
    }

    /** For example "www-1 host1 -> host2". */
    public String arrow() {
        return arrow(service.name(), from, to);
    }

    static String arrow(String service, List<String> from, List<String> to) {
        return service + " " + (from.isEmpty() ? "nowhere" : String.join("+", from)) + " -> " + String.join("+", to);
    }
}
