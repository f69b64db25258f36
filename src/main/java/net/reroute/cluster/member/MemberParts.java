package net.reroute.cluster.member;

import java.nio.file.Path;
import java.util.Map;
import net.reroute.core.ClusterSpec;
import net.reroute.core.ClusterSpec.Member;
import net.reroute.core.RouterSpec;
import net.reroute.journal.Journal;

/**
 * What a member is made of.
 *
 * @param name of this member
 * @param routers that may keep the lease, by name
 * @param state folder with the journal and the certificates
 * @param roster who is a member
 */
public record MemberParts(String name, ClusterSpec spec, Map<String, RouterSpec> routers, Path state, Journal journal,
        ClusterHost host, Roster roster) {

    /** This member in the inventory. */
    public Member own() {
        return spec.members().get(name);
    }
}
