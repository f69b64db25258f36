package net.reroute.app;

/** The jars that this program runs from. */
final class OwnJars {

    private OwnJars() {}

    /**
     * Opens all of them, as Java does when it looks for something in vain. Java opens a jar when it first needs a class
     * of it, and an upgrade replaces the files some seconds before it restarts the daemon, which has to go on with those
     * that it began with.
     */
    static void hold() {
        OwnJars.class.getClassLoader().getResource("reroute/none");
    }
}
