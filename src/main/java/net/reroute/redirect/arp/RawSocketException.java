package net.reroute.redirect.arp;

import java.io.IOException;

/** This machine cannot send or receive raw frames. The message says what is missing. */
final class RawSocketException extends IOException {

    private static final long serialVersionUID = 1L;

    RawSocketException(String message, Throwable cause) {
        super(message, cause);
    }
}
