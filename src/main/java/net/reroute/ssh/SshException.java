package net.reroute.ssh;

import java.io.IOException;
import net.reroute.core.Text;

/** A failure on the way to another machine, or on it. */
public class SshException extends IOException {

    private static final long serialVersionUID = 1L;

    /** UNREACHABLE: no answer in time. REFUSED: the machine answered no. */
    public enum Kind {
        UNREACHABLE, REFUSED
    }

    private final Kind kind;

    public SshException(Kind kind, String message, Throwable cause) {
        super(Text.one(String.valueOf(message)), cause); // part of it may be the other machine's own words
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    public boolean refused() {
        return kind == Kind.REFUSED;
    }

    static SshException unreachable(String message, Throwable cause) {
        return new SshException(Kind.UNREACHABLE, message, cause);
    }

    static SshException refused(String message, Throwable cause) {
        return new SshException(Kind.REFUSED, message, cause);
    }
}
