package net.reroute.ssh;

import java.io.IOException;
import net.reroute.core.Text;

/** A failure on the way to another machine, or on it. */
public class SshException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * UNREACHABLE: no answer in time, or the connection broke. REFUSED: the machine answered no, or a local file or
     * setting makes the login impossible.
     */
    public enum Failure {
        UNREACHABLE, REFUSED
    }

    private final Failure kind;

    public SshException(Failure kind, String message, Throwable cause) {
        super(Text.one(String.valueOf(message)), cause); // may contain text of the other machine
        this.kind = kind;
    }

    public Failure kind() {
        return kind;
    }

    public boolean refused() {
        return kind == Failure.REFUSED;
    }

    static SshException unreachable(String message, Throwable cause) {
        return new SshException(Failure.UNREACHABLE, message, cause);
    }

    static SshException refused(String message, Throwable cause) {
        return new SshException(Failure.REFUSED, message, cause);
    }
}
