package net.reroute.notify;

/** Sends messages by one kind of way. */
interface Sender {

    /** Sends it once; returns when the receiver has taken it. May be interrupted. */
    void send(Message message) throws NotSentException;
}
