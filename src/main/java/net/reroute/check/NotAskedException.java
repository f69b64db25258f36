package net.reroute.check;

import java.io.IOException;

/** The way to put a question is closed on purpose, by somebody who lives: that says nothing about the server. */
final class NotAskedException extends IOException {

    private static final long serialVersionUID = 1L;

    NotAskedException(String message, Throwable cause) {
        super(message, cause);
    }
}
