package net.reroute.redirect.route.cli;

/** Receives everything that goes over the line. */
interface LineListener {

    void typed(String line);

    void heard(String raw);
}
