package net.reroute.core;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Login.Secret;

/**
 * A way to tell people.
 *
 * @param name as the inventory calls it
 * @param way where it leads
 * @param keep how long what could not be delivered is tried again
 */
public record Channel(String name, Way way, Duration keep) {

    public sealed interface Way {

        /**
         * @param to addresses
         * @param from the sender's address
         * @param host of the SMTP server
         * @param tls how the connection is protected
         * @param user with {@code password}: who logs in there
         * @param ca PEM file of the authorities to trust in place of the JDK's
         */
        record Mail(List<String> to, String from, String host, int port, Tls tls, Optional<String> user,
                Optional<Secret> password, Optional<Path> ca) implements Way {}

        /**
         * @param url where it is sent, or
         * @param hidden where that is read: the URLs of chats are secrets
         * @param secret signs every message (Standard Webhooks)
         * @param ca PEM file of the authorities to trust in place of the JDK's
         */
        record Webhook(Optional<URI> url, Optional<Secret> hidden, Format format, Optional<Secret> secret,
                Optional<Path> ca) implements Way {}

        /** @param server empty: this machine's own */
        record Syslog(String facility, Optional<String> server, int port, boolean tcp) implements Way {}

        /** @param command words; the message as JSON comes on its standard input */
        record Command(List<String> command) implements Way {}
    }

    /** STARTTLS: asked for and insisted on. TLS: from the first byte. NONE: for a server on this machine. */
    public enum Tls {
        STARTTLS, TLS, NONE
    }

    /** JSON: reroute's own, documented shape. SLACK: a text. ALERTMANAGER: its alerts. */
    public enum Format {
        JSON, SLACK, ALERTMANAGER
    }
}
