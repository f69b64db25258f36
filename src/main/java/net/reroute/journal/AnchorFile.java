package net.reroute.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The anchor beside an open database. */
final class AnchorFile {

    private final Path file;
    private volatile String trouble;

    AnchorFile(Path file) {
        this.file = file;
    }

    Path path() {
        return file;
    }

    /** Why the anchor could not be written the last time. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Never throws: the rows are committed, and an anchor that cannot be written must not make them be written again. */
    void keep(Head head) {
        try {
            Chain.keep(file, head);
            trouble = null;
        } catch (IOException e) {
            trouble = "the anchor of the journal cannot be written: " + e.getMessage();
        }
    }
}
