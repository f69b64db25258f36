package net.reroute.cluster.link;

import java.io.IOException;

/** A member refuses what it was asked; the message is its own. */
public final class MemberException extends IOException {

    private static final long serialVersionUID = 1;
    private final int status;

    public MemberException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** As in HTTP: 403 not a member, 409 does not fit, 421 does not lead, 503 not now. */
    public int status() {
        return status;
    }
}
