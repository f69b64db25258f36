package net.reroute.router;

/** Hears all that goes over the line. */
interface LineListener {

    void typed(String line);

    void heard(String raw);
}
