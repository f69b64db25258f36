package net.reroute.cluster.lease;

/** A question to a router. */
record LeaseAsk(Word word, long epoch) {

    /** LOOK: what is there. TAKE: under a new epoch. MORE: under one that most have granted. RENEW: what is held. */
    enum Word {
        LOOK, TAKE, MORE, RENEW
    }
}
