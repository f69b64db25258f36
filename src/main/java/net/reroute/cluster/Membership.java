package net.reroute.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import net.reroute.cluster.link.Identity;
import net.reroute.cluster.member.Roster;
import net.reroute.cluster.raft.RaftConsensus;
import net.reroute.core.ClusterSpec.Member;
import net.reroute.core.Endpoint;
import net.reroute.core.RequestRefusedException;

/** How a controller becomes a member: it is the first, or it was invited. */
public final class Membership {

    private Membership() {}

    /**
     * Makes a controller the first member of a new cluster. Returns its name.
     *
     * @param state its state folder
     * @throws RequestRefusedException if it is a member already
     */
    public static String found(Path state, Member self) throws RequestRefusedException, IOException {
        if (self.witness()) {
            throw new RequestRefusedException(self.name() + " is a witness; begin at a controller that can lead");
        }
        mustBeNew(state, "'reroute cluster invite NAME' invites others");
        Identity.found(self).store(state);
        Roster.begin(state);
        Files.writeString(state.resolve("cluster").resolve(RaftConsensus.FOUNDER), self.name());
        return self.name();
    }

    private static void mustBeNew(Path state, String next) throws RequestRefusedException, IOException {
        Optional<Identity> before = Identity.load(state);
        if (before.isPresent()) {
            throw new RequestRefusedException("this controller is " + before.get().name() + " of a cluster already;"
                    + " 'reroute cluster' shows it, and " + next);
        }
    }

    /**
     * Joins the cluster that a token is from. Returns the name of this member.
     *
     * @param own the name of this controller in the inventory; the invitation has to be for it
     * @param at where its leader listens
     * @throws RequestRefusedException if it is a member already, or the leader refuses it
     */
    public static String join(Path state, String own, Endpoint at, String token)
            throws RequestRefusedException, IOException {
        mustBeNew(state, "to leave that one for good, stop the daemon here, move the folder "
                + state.resolve("cluster") + " away, and join again with a new invitation");
        return Invitations.join(state, own, new Member("the leader", at.address(), at.port(), false), token);
    }
}
