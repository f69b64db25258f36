package net.reroute.cluster.member;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import net.reroute.core.ClusterSpec.Member;
import net.reroute.core.RecordedState;
import net.reroute.core.RequestRefusedException;
import net.reroute.journal.RecordStore;

/** The way in which members elect a leader and keep the same records. Thread-safe. */
public interface Consensus extends AutoCloseable {

    Election election();

    /** Where a leader keeps records. */
    RecordStore store();

    /**
     * This member was elected, and has all records: the others get what it records from now on.
     *
     * @param state after the newest record
     */
    void lead(RecordedState state);

    /** This member does not lead any more. */
    void follow();

    /** Waits until another member has all records. Returns false if it does not in time. */
    boolean isUpToDate(String member, Duration within);

    /** Why another member gets no records from this one; empty if it does, or this one does not lead. */
    Optional<String> trouble(String member);

    /** The leader has resigned in favour of this member. */
    void hurry();

    /** A controller joined: it votes from now on. Only for the leader. */
    void add(Member member);

    /** A member was removed: it does not vote any more. Only for the leader. */
    void remove(String member) throws RequestRefusedException;

    /** Another member told something. Returns at once. */
    default void heard() {
        // rows are shipped to it as soon as it can be reached
    }

    /** True if the last leader acknowledged records that this member may not have. */
    boolean isBehind();

    /** The position in a log of its own up to which rows are in the journal here. */
    default String applied() throws IOException {
        return "0 0";
    }

    @Override
    void close();
}
