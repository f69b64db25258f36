package net.reroute.redirect.route.cli;

/** Hears all that goes over the line. */
interface LineListener {

    void typed(String line);

    void heard(String raw);
}
