package net.reroute.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The controllers of a network that stand in for each other.
 *
 * @param members by name, in the order of the files; empty if one controller is alone
 * @param lease names of the Linux routers that keep the lease of two controllers; an odd number
 * @param whenAlone what a controller does that has lost the majority
 */
public record ClusterSpec(Map<String, Member> members, List<String> lease, WhenAlone whenAlone) {

    /** One controller alone. */
    public static final ClusterSpec NONE = new ClusterSpec(Map.of(), List.of(), WhenAlone.FREEZE);
    /** Where members listen to each other; the port above it is Raft's. */
    public static final int PORT = 4731;

    public ClusterSpec {
        lease = List.copyOf(lease);
    }

    /**
     * @param address where the others reach it
     * @param witness true: it votes and keeps the records, runs no checks and has no logins
     */
    public record Member(String name, Address address, int port, boolean witness) {}

    /** FREEZE: types nothing. ACT: goes on, though another controller may do the same. */
    public enum WhenAlone {
        FREEZE, ACT
    }

    /** True if there are several controllers. */
    public boolean isCluster() {
        return !members.isEmpty();
    }

    /** True if the lease on a Linux router says who leads; otherwise members elect by Raft. */
    public boolean byLease() {
        return members.size() == 2 && !lease.isEmpty();
    }

    /** The names of those that look at servers and can lead, in the order of the files: all but witnesses. */
    public List<String> vantages() {
        return members.values().stream().filter(m -> !m.witness()).map(Member::name).toList();
    }

    /** The member of this name. */
    public Optional<Member> member(String name) {
        return Optional.ofNullable(members.get(name));
    }
}
