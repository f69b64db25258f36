package net.reroute.simulation.linux;

/** What {@code ip} prints when it fails, and how it ends then. */
final class IpFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final boolean last;

    private IpFailure(String text, int status, boolean last) {
        super(text, null, false, false);
        this.status = status;
        this.last = last;
    }

    /** The kernel's refusal with an error number. */
    static IpFailure answer(String error) {
        return new IpFailure("RTNETLINK answers: " + error, 2, false);
    }

    /** The kernel's refusal in words of its own. */
    static IpFailure error(String words) {
        return new IpFailure("Error: " + words, 2, false);
    }

    /** A complaint of {@code ip} itself after which a batch may go on. */
    static IpFailure mild(String text) {
        return new IpFailure(text, 1, false);
    }

    /** A complaint after which {@code ip} exits, from the middle of a batch as well. */
    static IpFailure fatal(String text, int status) {
        return new IpFailure(text, status, true);
    }

    /** The usage, which {@code ip} prints where the command is missing. */
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
