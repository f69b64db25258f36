package net.reroute.cluster;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import net.reroute.cluster.link.MemberException;
import net.reroute.cluster.member.Election;
import net.reroute.ssh.Fence;
import net.reroute.ssh.SshException;

/** Whether this controller may act: always if it is alone, otherwise while it leads. Lives as long as the process. */
public final class Leadership {

    private static final int NOT_LEADER = 421;

    /** What says who leads; empty while this controller is alone. */
    private record Several(Election election, Fence fence) {}

    private final AtomicReference<Optional<Several>> several = new AtomicReference<>(Optional.empty());
    private volatile boolean withheld;
    /** False until this member, having been elected, has all records. */
    private volatile boolean ready;

    /** This controller is one of several from now on. */
    public void by(String cluster, Election election) {
        ready = false;
        several.set(Optional.of(new Several(election, new RouterFence(cluster, election))));
        withheld = false;
    }

    /** This controller is alone from now on. */
    public void alone() {
        several.set(Optional.empty());
        withheld = false;
    }

    /** This controller should be one of several and is not yet: it types nothing. */
    public void withhold() {
        several.set(Optional.empty());
        withheld = true;
    }

    /** @param now true: this member was elected, and has all records */
    public void ready(boolean now) {
        ready = now;
    }

    /** True if this controller may act at this moment. */
    public boolean leads() {
        return !withheld && several.get().map(s -> ready && s.election().leads()).orElse(true);
    }

    /** Fails if this controller may not take down now what another member tells. */
    void mustLead() throws MemberException {
        if (!leads()) {
            throw new MemberException(NOT_LEADER, "this member does not lead");
        }
    }

    /** The election; empty if this controller is alone. */
    public Optional<Election> election() {
        return several.get().map(Several::election);
    }

    /** The fence that every change has to pass, whoever leads by then. */
    public Fence fence() {
        return new Fence() {
            @Override
            public Pass check() throws SshException {
                return now().check();
            }

            @Override
            public void confirm() throws SshException {
                now().confirm();
            }
        };
    }

    private Fence now() throws SshException {
        if (withheld) {
            throw new SshException(SshException.Failure.REFUSED,
                    "this controller has not joined the others yet; nothing was typed", null);
        }
        return several.get().map(Several::fence).orElse(Fence.NONE);
    }
}
