package net.reroute.cluster.member;

import java.util.Optional;

/** Decides which member leads. Thread-safe. */
public interface Election extends AutoCloseable {

    /** Receives changes, one after another. */
    interface Listener {

        /** This member leads from now on. */
        void won(long epoch);

        /** This member does not lead any more, or another one leads. */
        void lost(String why);
    }

    /**
     * True if this member leads, and no other one can at this moment. Cheap: it is asked before each line that is typed.
     */
    boolean leads();

    /**
     * As {@link #leads}, by asking whoever has to know: it may take some milliseconds. Asked before each change of a
     * router that has no fence of its own.
     */
    default boolean confirms() {
        return leads();
    }

    /** A router knows a higher epoch, of an earlier cluster: those of this one have to be higher. */
    default void outgrow(long epoch) {
        // a lease is taken with the next epoch
    }

    /** Grows with each change of leader; 0 before the first. */
    long epoch();

    /** The member that leads, as far as is known here. */
    Optional<String> leader();

    /** Why nobody can be elected at present, one clause; empty if somebody can. */
    Optional<String> trouble();

    /**
     * Lets another member lead.
     *
     * @param successor does not have to wait for the lease to run out
     */
    void resign(String successor);

    @Override
    void close();
}
