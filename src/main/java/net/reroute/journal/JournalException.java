package net.reroute.journal;

import java.io.IOException;

/** The journal could not be read or written; the message says why and what to do. */
public final class JournalException extends IOException {

    private static final long serialVersionUID = 1L;

    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
