package net.reroute.core;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The placement a service should have, and why.
 *
 * @param service which
 * @param kind what follows from it
 * @param from servers that carry it now; empty if no route is known
 * @param to servers that should
 * @param reason why
 */
public record Decision(Service service, Kind kind, List<String> from, List<String> to, Reason reason) {

    /**
     * STAY: it is where it should be. HOLD: something is wrong, and nothing may be done about it. PLANNED: a move off
     * servers that work. FAILOVER: a move off a server that does not.
     */
    public enum Kind {
        STAY, HOLD, PLANNED, FAILOVER
    }

    public boolean isMove() {
        return kind == Kind.PLANNED || kind == Kind.FAILOVER;
    }

    /** Servers that come in with it. */
    public List<String> joining() {
        return to.stream().filter(s -> !from.contains(s)).toList();
    }

    /** Servers that it takes the service off. */
    public List<String> leaving() {
        return from.stream().filter(s -> !to.contains(s)).toList();
    }

    /** True if these are the servers that should have it, in whatever order. */
    public boolean isAt(Collection<String> servers) {
        return Set.copyOf(servers).equals(Set.copyOf(to));
    }

    /** "www-1 host1 -> host2". */
    public String arrow() {
        return arrow(service.name(), from, to);
    }

    static String arrow(String service, List<String> from, List<String> to) {
        return service + " " + (from.isEmpty() ? "nowhere" : String.join("+", from)) + " -> " + String.join("+", to);
    }
}
