package net.reroute.app;

/** The program. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(Start.run(args));
    }
}
