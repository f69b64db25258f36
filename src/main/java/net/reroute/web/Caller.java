package net.reroute.web;

import net.reroute.core.Actor;

/**
 * Who sends a request.
 *
 * @param name for the journal; "page" for a reader without login
 * @param mayAct true if it may change something
 * @param proof how it is known
 * @param session of a login, or the name behind a proxy; it is part of the proof against forged requests
 */
record Caller(String name, boolean mayAct, Proof proof, String session) {

    /**
     * NONE: no login, for reading only. TOKEN: sent with each request, by a program. COOKIE, PROXY: sent by a browser
     * by itself, so that a foreign page could misuse it.
     */
    enum Proof {
        NONE, TOKEN, COOKIE, PROXY
    }

    static final Caller READER = new Caller("page", false, Proof.NONE, "");

    Actor actor() {
        return new Actor.Human(name, "");
    }

    /** True if a foreign page could make the browser send this proof. */
    boolean isAmbient() {
        return proof == Proof.COOKIE || proof == Proof.PROXY;
    }
}
