package net.reroute.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The anchor file beside an open database. */
final class AnchorFile {

    private final Path file;
    private volatile String trouble;

    AnchorFile(Path file) {
        this.file = file;
    }

    Path path() {
        return file;
    }

    /** Why the last write of the anchor failed; empty if it worked. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Writes the anchor. Never throws: the rows are committed already, and a failure here must not repeat them. */
    void keep(Head head) {
        try {
            Chain.keep(file, head);
            trouble = null;
        } catch (IOException e) {
            trouble = "the anchor of the journal cannot be written: " + e.getMessage();
        }
    }
}
