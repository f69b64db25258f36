package net.reroute.core;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.reroute.core.Login.Secret;

/**
 * A way to send notifications.
 *
 * @param name as in the inventory
 * @param way how messages are sent
 * @param keep how long an undeliverable message is retried
 */
public record Channel(String name, Medium way, Duration keep) {

    public sealed interface Medium {

        /**
         * @param to recipients
         * @param from sender
         * @param host the SMTP server
         * @param tls how the connection is encrypted
         * @param user login at the SMTP server, together with {@code password}
         * @param ca PEM file of trusted authorities, instead of the JDK's
         */
        record Mail(List<String> to, String from, String host, int port, Tls tls, Optional<String> user,
                Optional<Secret> password, Optional<Path> ca) implements Medium {}

        /**
         * Exactly one of {@code url} and {@code hidden} is present.
         *
         * @param url the receiver
         * @param hidden where the URL is read, for chats whose URL is a secret
         * @param secret signs every message (Standard Webhooks)
         * @param ca PEM file of trusted authorities, instead of the JDK's
         */
        record Webhook(Optional<URI> url, Optional<Secret> hidden, Format format, Optional<Secret> secret,
                Optional<Path> ca) implements Medium {}

        /** @param server a remote syslog server; empty: this machine's syslog */
        record Syslog(String facility, Optional<String> server, int port, boolean tcp) implements Medium {}

        /** @param command program and arguments; the message as JSON is its standard input */
        record Command(List<String> command) implements Medium {}
    }

    /** STARTTLS: requested, and required. TLS: from the first byte. NONE: for a server on this machine. */
    public enum Tls {
        STARTTLS, TLS, NONE
    }

    /** JSON: reroute's documented format. SLACK: one text. ALERTMANAGER: Alertmanager's alerts. */
    public enum Format {
        JSON, SLACK, ALERTMANAGER
    }
}
