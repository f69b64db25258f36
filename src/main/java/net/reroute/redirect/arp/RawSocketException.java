package net.reroute.redirect.arp;

import java.io.IOException;

/** Raw frames cannot be sent or heard from this machine; the message says what is missing. */
final class RawSocketException extends IOException {

    private static final long serialVersionUID = 1L;

    RawSocketException(String message, Throwable cause) {
        super(message, cause);
    }
}
