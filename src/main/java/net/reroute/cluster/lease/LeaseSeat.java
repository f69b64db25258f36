package net.reroute.cluster.lease;

import net.reroute.cluster.lease.LeaseScript.Answer;

/** What is known of one router. */
final class LeaseSeat {

    /** The newest answer; null without one. */
    Answer last;
    long lastAt;
    /** When the question was sent. */
    long askedAt;
    /** When the question was sent that it last took the lease for. */
    long tookAt;
    /** Until when its lease is good, if it has one of this epoch. */
    long goodUntil;
    /** The epoch that it last told of. */
    long known;
    long restsUntil;
    boolean asked;
    boolean granted;

    LeaseSeat(long now) {
        restsUntil = now;
        tookAt = now;
    }

    boolean isFree(long now) {
        return last != null && now - lastAt >= last.left().toNanos() && now - restsUntil >= 0;
    }

    /** A router that was booted has forgotten a lease which may still be good. */
    boolean hasForgotten(Answer answer, long now) {
        boolean forgotten = answer.epoch() < known || known == 0 && answer.epoch() == 0 && last == null;
        if (forgotten) {
            restsUntil = now + LeaseScript.TTL.toNanos();
        }
        known = answer.epoch();
        return forgotten;
    }
}
