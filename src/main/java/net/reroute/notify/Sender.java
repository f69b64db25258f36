package net.reroute.notify;

/** Sends messages by one kind of channel. */
interface Sender {

    /** Sends it once; returns when the receiver has accepted it. May be interrupted. */
    void send(Message message) throws NotSentException;
}
