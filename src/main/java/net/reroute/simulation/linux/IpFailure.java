package net.reroute.simulation.linux;

/** A failure of {@code ip}: its message, its exit status, and whether a batch can continue. */
final class IpFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final boolean last;

    private IpFailure(String text, int status, boolean last) {
        super(text, null, false, false);
        this.status = status;
        this.last = last;
    }

    /** The kernel refuses with an error number. */
    static IpFailure answer(String error) {
        return new IpFailure("RTNETLINK answers: " + error, 2, false);
    }

    /** The kernel refuses with a text. */
    static IpFailure error(String words) {
        return new IpFailure("Error: " + words, 2, false);
    }

    /** {@code ip} itself complains; a batch can continue. */
    static IpFailure mild(String text) {
        return new IpFailure(text, 1, false);
    }

    /** {@code ip} complains and exits, even within a batch. */
    static IpFailure fatal(String text, int status) {
        return new IpFailure(text, status, true);
    }

    /** The usage text, which {@code ip} prints if the command is missing. */
    static IpFailure usage() {
        return fatal("Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }\n       ip [ -force ] -batch filename", 255);
    }

    static IpFailure wrong(String word, String why) {
        return fatal("Error: argument \"" + word + "\" is wrong: " + why + "\n", 255);
    }

    static IpFailure expected(String what, String word) {
        return fatal("Error: " + what + " is expected rather than \"" + word + "\".", 1);
    }

    int status() {
        return status;
    }

    boolean isLast() {
        return last;
    }
}
