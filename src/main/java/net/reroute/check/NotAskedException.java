package net.reroute.check;

import java.io.IOException;

/** A live machine refused the login or the forwarding. This proves nothing about the server's health. */
final class NotAskedException extends IOException {

    private static final long serialVersionUID = 1L;

    NotAskedException(String message, Throwable cause) {
        super(message, cause);
    }
}
