package net.reroute.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Lets somebody use the page and the API. The secret itself is not kept: it is 256 random bits, so a plain hash of it
 * tells nothing.
 *
 * @param name for the journal: what is done with the token is done by this name
 * @param hash SHA-256 of the secret, in hex
 * @param readOnly true if it may look, and change nothing
 * @param until when it expires; empty: never
 * @param by who made it
 * @param at when
 */
public record AccessToken(String name, String hash, boolean readOnly, Optional<Instant> until, String by, Instant at) {

    private static final String SEPARATOR = "\t";
    private static final int FIELDS = 5;

    /** The form in which it is remembered; the name is kept beside it. */
    public String note() {
        return String.join(SEPARATOR, hash, readOnly ? "read" : "act", until.map(Instant::toString).orElse(""),
                by.replace(SEPARATOR, " "), at.toString());
    }

    /** Reads a note; empty if it is of another form. */
    public static Optional<AccessToken> of(String name, String note) {
        String[] fields = note.split(SEPARATOR, -1);
        Optional<Instant> at = fields.length == FIELDS ? Instants.read(fields[4]) : Optional.empty();
        return at.map(made -> new AccessToken(name, fields[0], !fields[1].equals("act"), Instants.read(fields[2]),
                fields[3], made));
    }

    /** True if this is its secret, and it has not expired. Takes the same time for every wrong secret. */
    public boolean admits(String secret, Instant now) {
        boolean same = MessageDigest.isEqual(hash.getBytes(StandardCharsets.US_ASCII),
                hash(secret).getBytes(StandardCharsets.US_ASCII));
        return same && !isOver(now);
    }

    public boolean isOver(Instant now) {
        return until.filter(u -> !u.isAfter(now)).isPresent();
    }

    /** SHA-256 in hex. */
    public static String hash(String secret) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
