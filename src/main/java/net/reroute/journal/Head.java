package net.reroute.journal;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The end of a chain of rows.
 *
 * @param id number of the newest row; 0: no row
 * @param hash its hash, 64 hex digits
 */
public record Head(long id, String hash) {

    /** No journal has as many rows: a row with this or a higher number is forged. */
    static final long MOST = 1_000_000_000_000_000L;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /** Empty if the values cannot be a head. */
    static Optional<Head> of(long id, String hash) {
        return id >= 0 && id < MOST && hash != null && HASH.matcher(hash).matches()
                ? Optional.of(new Head(id, hash))
                : Optional.empty();
    }

    /**
     * Reads a head as an anchor has it: number and hash.
     *
     * @throws IllegalArgumentException if the text is not a head
     */
    public static Head parse(String text) {
        String[] words = text.strip().split("\\s+");
        return (words.length < 2 || !words[0].matches("\\d{1,18}")
                ? Optional.<Head>empty()
                : of(Long.parseLong(words[0]), words[1]))
                .orElseThrow(() -> new IllegalArgumentException(
                        "that is no anchor, which is the number of a row and 64 hex digits"));
    }

    @Override
    public String toString() {
        return id + " " + hash;
    }
}
