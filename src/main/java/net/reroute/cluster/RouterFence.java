package net.reroute.cluster;

import java.util.Optional;
import net.reroute.cluster.lease.LeaseScript;
import net.reroute.cluster.lease.LeaseScript.Answer;
import net.reroute.cluster.member.Election;
import net.reroute.ssh.Fence;
import net.reroute.ssh.Shell.Output;
import net.reroute.ssh.SshException;

/** The fence of a cluster's members: the epoch of the election, compared on each machine that has a shell. */
public final class RouterFence implements Fence {

    private final LeaseScript script;
    private final Election election;

    /** @param cluster the id of the cluster */
    public RouterFence(String cluster, Election election) {
        this.script = new LeaseScript(cluster);
        this.election = election;
    }

    @Override
    public Pass check() throws SshException {
        long epoch = election.epoch(); // before it is asked: a later one may be another controller's
        if (!election.leads()) {
            throw doesNotLead("nothing was typed");
        }
        return new EpochPass(epoch);
    }

    @Override
    public void confirm() throws SshException {
        if (!election.confirms()) {
            throw doesNotLead("nothing more was typed");
        }
    }

    private SshException doesNotLead(String so) {
        return refused("this controller does not lead" + election.leader().map(l -> ", " + l + " does")
                .or(() -> election.trouble().map(t -> " (" + t + ")")).orElse("") + "; " + so);
    }

    private final class EpochPass implements Pass {

        private final long epoch;

        EpochPass(long epoch) {
            this.epoch = epoch;
        }

        @Override
        public String around(String text) {
            return script.fenced(epoch, text);
        }

        @Override
        public void passed(Output answer) throws SshException {
            Optional<Answer> refusal = LeaseScript.read(answer.out());
            if (refusal.isPresent()) {
                if (refusal.get().word().equals("fenced") && election.confirms()) {
                    election.outgrow(refusal.get().epoch());
                }
                throw refused(refusal.get().trouble().orElse("a later leader has been here, under epoch "
                        + refusal.get().epoch() + "; nothing was typed"));
            }
        }
    }

    private static SshException refused(String why) {
        return new SshException(SshException.Failure.REFUSED, why, null);
    }
}
