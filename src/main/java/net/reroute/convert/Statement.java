package net.reroute.convert;

import java.util.List;
import java.util.Optional;

/**
 * One statement of a source.
 *
 * @param words without their quotes; at least one
 * @param block what stands in its braces or below it, if it has such
 */
record Statement(Place place, List<String> words, Optional<List<Statement>> block) {

    Statement(Place place, List<String> words) {
        this(place, words, Optional.empty());
    }

    String key() {
        return words.getFirst();
    }

    /** The word after the key, and so on; empty if it is missing. */
    String word(int at) {
        return at < words.size() ? words.get(at) : "";
    }

    /** The words after the key. */
    List<String> values() {
        return words.subList(1, words.size());
    }

    Block inside() {
        return new Block(block.orElse(List.of()));
    }
}
