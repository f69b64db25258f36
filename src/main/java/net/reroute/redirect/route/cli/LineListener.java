package net.reroute.redirect.route.cli;

/** Receives everything that is typed and heard on a session. A secret is masked. */
interface LineListener {

    void typed(String line);

    void heard(String raw);
}
