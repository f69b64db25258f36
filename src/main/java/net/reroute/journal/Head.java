package net.reroute.journal;

/**
 * Where a chain ends.
 *
 * @param id of the newest row
 * @param hash of it
 */
public record Head(long id, String hash) {

    /**
     * As it stands in an anchor.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Head parse(String text) {
        String[] words = text.strip().split("\\s+");
        if (words.length < 2 || !words[0].matches("\\d{1,18}") || !words[1].matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("that is no anchor, which is the number of a row and 64 hex digits");
        }
        return new Head(Long.parseLong(words[0]), words[1]);
    }

    @Override
    public String toString() {
        return id + " " + hash;
    }
}
